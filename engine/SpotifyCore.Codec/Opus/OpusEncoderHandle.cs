using System.Runtime.InteropServices;

namespace SpotifyCore.Codec.Opus;

/// <summary>Owns the native state of one encoder.</summary>
internal sealed class OpusEncoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibOpus.opus_encoder_destroy(handle);
        return true;
    }
}
