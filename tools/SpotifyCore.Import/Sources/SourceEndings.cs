using System.Collections.Frozen;

namespace SpotifyCore.Import.Sources;

/// <summary>What the ending of a name tells: sound, what lies beside it in folders of music, or nothing.</summary>
internal static class SourceEndings
{
    private static readonly FrozenSet<string> Sound = FrozenSet.ToFrozenSet(
        [
            ".3gp", ".aac", ".ac3", ".adts", ".aif", ".aifc", ".aiff", ".alac", ".amr", ".ape", ".asf", ".au", ".avi",
            ".bwf", ".caf", ".dff", ".dsf", ".dts", ".eac3", ".flac", ".flv", ".m2ts", ".m4a", ".m4b", ".m4r", ".m4v",
            ".mka", ".mkv", ".mov", ".mp+", ".mp1", ".mp2", ".mp3", ".mp4", ".mpc", ".mpeg", ".mpg", ".mpga", ".mpp",
            ".mts", ".oga", ".ogg", ".ogv", ".ogx", ".oma", ".opus", ".qt", ".ra", ".rf64", ".rm", ".shn", ".snd",
            ".spx", ".tak", ".thd", ".ts", ".tta", ".vob", ".voc", ".w64", ".wav", ".wave", ".webm", ".wma", ".wmv",
            ".wv",
        ],
        StringComparer.OrdinalIgnoreCase);

    // Pictures, texts, lists, checksums, and what systems and programs leave behind.
    private static readonly FrozenSet<string> Beside = FrozenSet.ToFrozenSet(
        [
            ".accurip", ".asx", ".bak", ".bmp", ".cue", ".db", ".desktop", ".doc", ".docx", ".ffp", ".gif", ".htm",
            ".html", ".ini", ".jpeg", ".jpg", ".json", ".lnk", ".log", ".lrc", ".m3u", ".m3u8", ".md", ".md5", ".nfo",
            ".par2", ".pdf", ".pls", ".png", ".rtf", ".sfv", ".sha1", ".sha256", ".srt", ".st5", ".tif", ".tiff",
            ".toc", ".torrent", ".txt", ".url", ".webloc", ".webp", ".wpl", ".wvc", ".xml", ".xspf", ".yaml", ".yml",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a name that sound files have.</summary>
    public static bool IsSound(string name) => Sound.Contains(Path.GetExtension(name));

    /// <summary>True for what is no music by its name and needs no word.</summary>
    public static bool IsBeside(string name) => Beside.Contains(Path.GetExtension(name));
}
