namespace DocumentPipeline;

/// <summary>A place on a page, in points of 1/72 inch from the upper left corner.</summary>
public sealed record BoundingBox(double X, double Y, double Width, double Height);
