using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Import.Masters;

/// <summary>The connection to one master node, made when needed and again when lost. Safe for many threads.</summary>
internal sealed class MasterLink(
    ITransport transport,
    NodeAddress address,
    Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ticket,
    TimeProvider time)
    : IAsyncDisposable
{
    // A node that can't be reached is not tried again for each file that is asked for.
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _connecting = new(1);
    private readonly Patience _patience = new(time);
    private ChunkClient? _client;
    private ReadOnlyMemory<byte> _shown;
    private IOException? _lastFailure;
    private long _silentSince = long.MinValue;

    /// <summary>Where the node is.</summary>
    public NodeAddress Address => address;

    /// <summary>Asks whether the node holds a file whole; null when it does not say.</summary>
    public async Task<bool?> HoldsAsync(FileId file, CancellationToken cancellationToken)
    {
        if (IsLeftAlone)
            return null;

        try
        {
            var client = await ConnectAsync(cancellationToken);
            if (await client.HoldsAsync(file, cancellationToken) is { } holding)
            {
                NoteAnswer();
                return holding == HaveKind.Whole;
            }
        }
        catch (Exception failed) when (failed is IOException or ProtocolException)
        {
            // As silent as one that is connected and does not answer.
        }

        NoteSilence();
        return null;
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
        var wasSilent = Volatile.Read(ref _silentSince) != long.MinValue;
        var isHasty = false;
        try
        {
            await _patience.RunAsync(
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

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
            await client.DisposeAsync();

        _connecting.Dispose();
    }

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
        var failure = Volatile.Read(ref _lastFailure);
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            // Who waited while another tried in vain would not fare better.
            if (_lastFailure is { } failed && failed != failure)
                throw new IOException(failed.Message, failed);

            if (_client is { IsAlive: true } alive)
            {
                if (!current.Span.SequenceEqual(_shown.Span))
                    alive.RefreshTicket(current);

                _shown = current;
                return alive;
            }

            if (_client is { } lost)
                await lost.DisposeAsync();

            _client = null;
            var options = new ChunkClientOptions { Role = PeerRole.Import };
            _client = await ChunkClient.ConnectAsync(transport, address, current, options, time, cancellationToken);
            _shown = current;
            return _client;
        }
        catch (IOException failed)
        {
            _lastFailure = failed;
            throw;
        }
        finally
        {
            _connecting.Release();
        }
    }
}
