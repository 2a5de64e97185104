using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Import.Masters;

/// <summary>
/// One master node, asked and given files over a connection that is made again when lost. Safe for many threads.
/// </summary>
internal sealed class MasterLink(
    ITransport transport,
    NodeAddress address,
    Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ticket,
    TimeProvider time)
    : IAsyncDisposable
{
    // A node that can't be reached is not tried again for each file that is asked for.
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(10);

    // What waits between tries is the retries' to say, and the silence's.
    private readonly ReconnectingPeer _peer = new(
        transport,
        address,
        new ReconnectingPeerOptions { Connection = new ChunkClientOptions { Role = PeerRole.Import } },
        time,
        NullLogger<ReconnectingPeer>.Instance);

    private readonly RetryPolicy _retries = new(time);
    private long _silentSince = long.MinValue;

    /// <summary>Where the node is.</summary>
    public NodeAddress Address => address;

    /// <summary>True while it did not answer when it was asked last.</summary>
    public bool IsSilent => Volatile.Read(ref _silentSince) != long.MinValue;

    /// <summary>Asks whether the node holds each file whole; null where it does not say.</summary>
    public async Task<IReadOnlyList<bool?>> HoldsEachAsync(
        IReadOnlyList<FileId> files, CancellationToken cancellationToken)
    {
        if (IsLeftAlone)
            return new bool?[files.Count];

        bool?[] holds;
        try
        {
            var client = await ConnectAsync(cancellationToken);
            var answers = await client.HoldsEachAsync(files, cancellationToken);
            holds = [.. answers.Select(static holding => holding is { } held ? held == HaveKind.Whole : (bool?)null)];
        }
        catch (Exception failed) when (failed is IOException or ProtocolException)
        {
            // As silent as one that is connected and does not answer.
            holds = new bool?[files.Count];
        }

        if (holds.Contains(null))
            NoteSilence();
        else
            NoteAnswer();

        return holds;
    }

    /// <summary>Puts a file; once it returns the node has it durably.</summary>
    /// <param name="manifest">What describes the file.</param>
    /// <param name="chunks">Its chunks.</param>
    /// <param name="isNeeded">True to wait for the node even if it was away before: nobody else takes the file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AwayException">The node is out of reach, or stayed busy.</exception>
    /// <exception cref="StoreException">The node refused it.</exception>
    public async Task PutAsync(
        Manifest manifest, IChunkReader chunks, bool isNeeded, CancellationToken cancellationToken)
    {
        if (IsLeftAlone && !isNeeded)
            throw new AwayException($"master {address} is out of reach") { IsHasty = true };

        // One that was away is tried once, lest each file waits for it.
        var wasSilent = IsSilent;
        var isHasty = false;
        try
        {
            await _retries.RunAsync(
                () => TryPutAsync(manifest, chunks, cancellationToken),
                failed => failed is IOException && !(isHasty = !isNeeded && (wasSilent || IsLeftAlone)),
                cancellationToken);
            NoteAnswer();
        }
        catch (IOException failed)
        {
            NoteSilence();
            throw new AwayException($"master {address} did not take a file: {failed.Message}", failed)
            {
                IsHasty = isHasty,
            };
        }
        catch (ProtocolException failed)
        {
            throw new StoreException($"master {address} did not take a file: {failed.Message}", failed);
        }
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private bool IsLeftAlone => Volatile.Read(ref _silentSince) is var since and not long.MinValue
        && time.GetElapsedTime(since) < LeftAlone;

    private void NoteAnswer() => Volatile.Write(ref _silentSince, long.MinValue);

    private void NoteSilence() => Volatile.Write(ref _silentSince, time.GetTimestamp());

    private async Task<bool> TryPutAsync(Manifest manifest, IChunkReader chunks, CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(cancellationToken);
        return await client.PutAsync(manifest, chunks, cancellationToken) switch
        {
            PutOutcome.Stored or PutOutcome.AlreadyHeld => true,
            PutOutcome.Busy => throw new IOException("it is busy"),
            PutOutcome.Unavailable => throw new IOException("the connection was lost"),
            PutOutcome.NoSpace => throw new NoSpaceException($"master {address}: no space left on its disk"),
            PutOutcome.Refused => throw new StoreException($"master {address} refused a file"),
            var other => throw new StoreException($"master {address} did not take a file: {other}"),
        };
    }

    private async Task<ChunkClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var current = await ticket(cancellationToken);
        if (await _peer.GetAsync(current, cancellationToken) is { } client)
            return client;

        throw _peer.Failure is ProtocolException refused
            ? new ProtocolException(refused.Code)
            : new IOException(_peer.Failure?.Message ?? "the connection was lost", _peer.Failure);
    }
}
