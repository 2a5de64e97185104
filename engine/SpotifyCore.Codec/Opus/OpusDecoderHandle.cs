using System.Runtime.InteropServices;

namespace SpotifyCore.Codec.Opus;

/// <summary>Owns the native state of one decoder.</summary>
internal sealed class OpusDecoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibOpus.opus_decoder_destroy(handle);
        return true;
    }
}
