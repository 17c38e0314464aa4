namespace DocumentPipeline;

/// <summary>How the text of a setting becomes the text of an option.</summary>
public enum SettingKind
{
    Text,
    Seconds,
    Flag,
}
