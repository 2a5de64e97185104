namespace SpotifyCore.Codec.Ogg;

/// <summary>Where a page of a new file begins.</summary>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="FirstSample">The sample at which its first packet begins, counted from the start of the stream,
/// pre-skip included.</param>
public readonly record struct OpusPageMark(long Offset, ulong FirstSample);
