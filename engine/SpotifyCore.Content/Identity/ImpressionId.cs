namespace SpotifyCore.Content.Identity;

/// <summary>Names one time that an advert is to be heard: 16 bytes that the access point drew.</summary>
/// <param name="Bits">Those bytes.</param>
public readonly record struct ImpressionId(Id128 Bits)
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = Id128.Size;

    /// <summary>Names nothing.</summary>
    public static readonly ImpressionId None;

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static ImpressionId Read(ReadOnlySpan<byte> source) => new(Id128.Read(source));

    /// <summary>The first bits, which chance spreads evenly.</summary>
    public override int GetHashCode() => Bits.GetHashCode();
}
