using System.Runtime.CompilerServices;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Tasks;
using SpotifyCore.Protocol.Connections;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// Takes in the files that are put over one connection, one step at a time: while a step is under way, the loop takes
/// no further frames, so whoever puts waits. Owned by the connection's loop.
/// </summary>
internal sealed class PutIntake(ServerContext context, PeerConnection peer, LoopSignal signal)
{
    private readonly Dictionary<uint, IncomingPut> _puts = [];
    private readonly CompletionHook _hook = new(signal.Set);
    private ValueTask<PeerMessage> _step;

    /// <summary>True while a step is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>
    /// Takes in a part of a put that the session delivered. The payload must stay until the step is done.
    /// </summary>
    public void Take(in PeerMessage message, ReadOnlyMemory<byte> payload)
    {
        if (message is { Kind: PeerMessageKind.PutBegin, Offset: 0 } && !TryBegin(message))
        {
            peer.Send(PeerMessage.Error(message.Request, ProtocolCode.TooBusy));
            return;
        }

        if (!_puts.TryGetValue(message.Request, out var put))
            return;

        IsBusy = true;
        _step = StepAsync(put, message, payload);
        if (_step.IsCompleted)
            Finish();
        else
            _step.GetAwaiter().UnsafeOnCompleted(_hook.Arm());
    }

    /// <summary>Takes in that a put was given up; false when it is none of these.</summary>
    public bool TryCancel(in PeerMessage cancel)
    {
        var known = _puts.ContainsKey(cancel.Request);
        if (known)
            Take(cancel, default);

        return known;
    }

    /// <summary>Takes in that a step is done; false when none is.</summary>
    public bool Poll()
    {
        if (!IsBusy || !_hook.HasEnded)
            return false;

        Finish();
        return true;
    }

    /// <summary>Gives up what is not committed.</summary>
    public async Task StopAsync()
    {
        while (IsBusy && !_hook.HasEnded)
            await signal.WaitAsync();

        foreach (var put in _puts.Values)
            await put.DisposeAsync();
    }

    private bool TryBegin(in PeerMessage message) =>
        _puts.Count < context.Options.MaxPuts && _puts.TryAdd(message.Request, new IncomingPut(message));

    private void Finish()
    {
        IsBusy = false;
        var answer = _step.TakeResult();
        if (answer.Kind == PeerMessageKind.None)
            return;

        if (Ends(answer))
            _puts.Remove(answer.Request);

        peer.Send(answer);
    }

    private static bool Ends(in PeerMessage answer) =>
        answer is not ({ Kind: PeerMessageKind.None } or { Kind: PeerMessageKind.PutReady, Put: PutState.SendChunks });

    /// <summary>
    /// The answer to a part of a put, if it has one. An answer that ends the put comes after it was disposed of.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PeerMessage> StepAsync(IncomingPut put, PeerMessage message, ReadOnlyMemory<byte> payload)
    {
        PeerMessage answer;
        try
        {
            answer = message.Kind switch
            {
                PeerMessageKind.PutBegin => await BeginAsync(put, message, payload),
                PeerMessageKind.PutChunk => await WriteAsync(put, message, payload),
                PeerMessageKind.PutCommit => await CommitAsync(put),
                _ => PeerMessage.Error(message.Request, ProtocolCode.Cancelled),
            };
        }
        catch (IOException full) when (full.IsDiskFull())
        {
            ChunkServerLog.DiskFull(context.Logger, full.Message);
            var says = peer.Session.Version < ProtocolVersion.WithLists ? ProtocolCode.Internal : ProtocolCode.NoSpace;
            answer = PeerMessage.Error(message.Request, says);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            ChunkServerLog.BackendFailed(context.Logger, failed);
            answer = PeerMessage.Error(message.Request, ProtocolCode.Internal);
        }

        if (Ends(answer))
            await put.DisposeAsync();

        return answer;
    }

    private async ValueTask<PeerMessage> BeginAsync(IncomingPut put, PeerMessage message, ReadOnlyMemory<byte> payload)
    {
        put.TakeManifest(message, payload.Span);
        if (!message.IsLastPiece)
            return default;
        if (!ManifestReader.TryRead(put.Manifest, put.Begin.File, out var manifest))
            return PeerMessage.Error(message.Request, ProtocolCode.BadContent);

        put.ReleaseManifest();
        put.Writer = await context.Backend.Intake!.BeginAsync(manifest);
        return PeerMessage.PutReady(message.Request, put.Writer is null ? PutState.AlreadyHeld : PutState.SendChunks);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<PeerMessage> WriteAsync(
        IncomingPut put, PeerMessage message, ReadOnlyMemory<byte> payload)
    {
        if (!put.TryTakeChunk(message, payload, out var chunk) || await put.Writer!.WriteAsync(message.Chunk, chunk))
            return default;

        return PeerMessage.Error(message.Request, ProtocolCode.BadContent);
    }

    private async ValueTask<PeerMessage> CommitAsync(IncomingPut put)
    {
        if (!await put.Writer!.CommitAsync())
            return PeerMessage.Error(put.Begin.Request, ProtocolCode.Incomplete);

        context.Counters.Put();
        return PeerMessage.PutCommitted(put.Begin.Request);
    }
}
