using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Connections;
using SpotifyCore.Protocol.Sending;

namespace SpotifyCore.Protocol.Serving;

/// <summary>A read of the backend that did not complete at once.</summary>
internal sealed class PendingRead(Action wake)
{
    private readonly CompletionHook _hook = new(wake);

    /// <summary>True while the read is under way or its result waits to be taken.</summary>
    public bool InUse { get; set; }

    /// <summary>The place of its request.</summary>
    public int Place { get; set; }

    /// <summary>Chunks asked for; 0 for a manifest or a list.</summary>
    public int Chunks { get; set; }

    public ValueTask<ChunkReadResult> Read { get; set; }

    public ValueTask<Manifest?> Find { get; set; }

    /// <summary>Null when it is no list.</summary>
    public ValueTask<FilePage>? List { get; set; }

    /// <summary>The batch whose free memory is read into.</summary>
    public SendBatch? Batch { get; set; }

    public bool IsDone => _hook.HasEnded;

    public void Hook()
    {
        var end = _hook.Arm();
        if (List is { } list)
            list.GetAwaiter().UnsafeOnCompleted(end);
        else if (Chunks > 0)
            Read.GetAwaiter().UnsafeOnCompleted(end);
        else
            Find.GetAwaiter().UnsafeOnCompleted(end);
    }
}
