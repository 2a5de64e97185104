using SpotifyCore.Client.Shell;

namespace SpotifyCore.Client.Peering;

/// <summary>Takes what a connection received; everything on the loop.</summary>
internal interface IFrameTaker
{
    /// <summary>
    /// True when the last <see cref="Take"/> stopped for want of memory and will have its work run again.
    /// </summary>
    bool IsStalled { get; }

    /// <summary>Takes whole frames from the front.</summary>
    /// <param name="received">All that was received and not taken yet.</param>
    /// <param name="again">What to have run once there is memory, when it stalls.</param>
    /// <returns>Bytes taken.</returns>
    int Take(ReadOnlySpan<byte> received, ILoopWork again);

    /// <summary>Nothing more will come.</summary>
    void EndOfInput(string reason);
}
