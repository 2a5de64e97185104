namespace SpotifyCore.Import.Sources;

/// <summary>The samples that ffmpeg gives of a part.</summary>
/// <param name="Channels">1 or 2.</param>
/// <param name="Rate">Samples a second; where it is not 48,000, they are resampled here.</param>
/// <param name="IsFloat">True for floats of 32 bit; else integers of 16.</param>
internal readonly record struct PcmForm(int Channels, int Rate, bool IsFloat);
