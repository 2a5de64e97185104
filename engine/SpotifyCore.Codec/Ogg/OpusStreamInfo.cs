using System.Buffers.Binary;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Codec.Ogg;

/// <summary>What a new file carries beside its sound.</summary>
/// <param name="Serial">The stream's serial number.</param>
/// <param name="Vendor">The library that encodes it.</param>
public readonly record struct OpusStreamInfo(uint Serial, string Vendor)
{
    /// <summary>
    /// The serial number from the track's id and the vendor from the codec: the same audio makes the same bytes.
    /// </summary>
    public static OpusStreamInfo For(TrackId track, IOpusCodec codec)
    {
        Span<byte> id = stackalloc byte[TrackId.Size];
        track.Write(id);
        return new OpusStreamInfo(BinaryPrimitives.ReadUInt32LittleEndian(id), codec.Version);
    }
}
