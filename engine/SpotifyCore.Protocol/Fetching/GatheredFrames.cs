using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Shells;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// Frames that callers gather while those before them are being sent. Everything happens under the link's lock.
/// </summary>
internal sealed class GatheredFrames
{
    private const int Size = 64 * 1024;

    // What puts leave free for requests and answers.
    private const int PutReserve = 32 * 1024;
    private SendBatch _gathering = new(Size);
    private SendBatch _sending = new(Size);

    /// <summary>True when a frame of any kind fits.</summary>
    public bool HasRoom(int payload) => _gathering.Room >= SendBatch.AnswerRoom + payload;

    /// <summary>True when a part of a put fits and leaves room for others.</summary>
    public bool HasRoomForPut(int payload) => _gathering.Room >= PutReserve + payload;

    public void Add(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            _gathering.Add(message);
        else
            _gathering.Add(message, payload);
    }

    /// <summary>Takes what was gathered, to be sent before the next call; empty when there is nothing.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        _sending.Clear();
        (_gathering, _sending) = (_sending, _gathering);
        return _sending.Unsent;
    }
}
