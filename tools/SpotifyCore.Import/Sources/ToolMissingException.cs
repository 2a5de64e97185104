namespace SpotifyCore.Import.Sources;

/// <summary>A program that sources are decoded with is not installed; the message says how to.</summary>
/// <param name="program">Its name.</param>
/// <param name="cause">What the system said.</param>
internal sealed class ToolMissingException(string program, Exception cause) : InvalidOperationException(
    $"{program} is not installed. Debian and Ubuntu: apt install {(program == "flac" ? program : "ffmpeg")}.", cause);
