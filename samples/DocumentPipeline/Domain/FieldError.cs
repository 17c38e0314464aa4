namespace DocumentPipeline;

/// <summary>A field that was refused: its name in the request, a code for programs, a sentence for people.</summary>
public sealed record FieldError(string Field, string Code, string Message);
