using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Uploads;

/// <summary>A range of chunks that a peer asked for, as far as it is not sent yet.</summary>
/// <param name="Link">Who asked.</param>
/// <param name="Request">Under which number.</param>
/// <param name="File">Of which file.</param>
/// <param name="Next">The next chunk to send.</param>
/// <param name="Left">Chunks not sent yet, the next included.</param>
/// <param name="Priority">What waits for them.</param>
/// <param name="Sequence">Its place in the order of arrival.</param>
/// <param name="Overtaken">Chunks that set out after the one on its way and have left before it.</param>
internal readonly record struct UploadRequest(
    Link Link, uint Request, FileId File, uint Next, uint Left, RequestPriority Priority, long Sequence, int Overtaken)
{
    /// <summary>True when it goes before another; the turns say when each one's peer was served last.</summary>
    public bool GoesBefore(in UploadRequest other, long turn, long otherTurn)
    {
        if (Priority != other.Priority)
            return Priority < other.Priority;

        return turn != otherTurn ? turn < otherTurn : Sequence < other.Sequence;
    }
}
