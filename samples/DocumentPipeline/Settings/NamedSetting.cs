namespace DocumentPipeline;

/// <summary>A name of the requirement documents and the option it sets.</summary>
public sealed record NamedSetting(string Name, string Option, SettingKind Kind = SettingKind.Text);
