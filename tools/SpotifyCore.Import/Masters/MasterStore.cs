using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Core.Placement;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Import.Masters;

/// <summary>Master storage: each file goes to all its owners at once. Safe for many threads.</summary>
internal sealed class MasterStore : IFileStore, IAsyncDisposable
{
    private readonly RendezvousPlacement _placement;
    private readonly Dictionary<PeerId, MasterLink> _links = [];

    /// <summary>Prepares a link to each node; nothing is connected yet.</summary>
    /// <param name="transport">Opens connections.</param>
    /// <param name="masters">The nodes, each with its id, and the copies of each file.</param>
    /// <param name="ticket">Gives the ticket to show.</param>
    /// <param name="time">The clock of waits and deadlines.</param>
    /// <exception cref="StoreException">There is no node, or one without an id.</exception>
    public MasterStore(
        ITransport transport,
        Contracts.Masters masters,
        Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ticket,
        TimeProvider time)
    {
        if (masters.Nodes.Count == 0)
            throw new StoreException("the access point knows no master node");

        foreach (var node in masters.Nodes)
        {
            if (node.Id.Length != PeerId.Size)
                throw new StoreException($"the access point knows no id of the master node {node.Host}:{node.Port}");

            var id = PeerId.Read(node.Id.Span);
            _links[id] = new MasterLink(transport, new NodeAddress(id, node.Host, node.Port), ticket, time);
        }

        _placement = new RendezvousPlacement(_links.Keys, Math.Max(1, masters.Copies));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MissingCopy>> StoreAsync(
        Manifest manifest, IChunkReader chunks, CancellationToken cancellationToken)
    {
        var owners = OwnersOf(manifest.File);
        var wereSilent = Array.ConvertAll(owners, static owner => owner.IsSilent);
        var away = new AwayException?[owners.Length];
        await PutAsync(static _ => true, isNeeded: false);

        // Those that were left alone as they were away lately are waited for where nobody has it, as one may be starting
        // at this moment, and where another that was away has come back: so may they have.
        var isBack = owners.Where((_, i) => wereSilent[i] && away[i] is null).Any();
        if (isBack || away.All(static reason => reason is not null))
            await PutAsync(static reason => reason is { IsHasty: true }, isNeeded: true);
        if (away.All(static reason => reason is not null))
            throw new StoreException(string.Join("; ", away.Select(static reason => reason!.Message)), away[0]);

        Task PutAsync(Func<AwayException?, bool> mayTake, bool isNeeded) => Task.WhenAll(
            Enumerable.Range(0, owners.Length).Where(i => mayTake(away[i])).Select(async i =>
                away[i] = await TryPutAsync(owners[i], manifest, chunks, isNeeded, cancellationToken)));

        return
        [
            .. owners.Zip(away).Where(static put => put.Second is not null)
                .Select(put => new MissingCopy(manifest.File, put.First.Address, IsSilent: true)),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MissingCopy>> FindMissingAsync(
        IReadOnlyCollection<FileId> files, CancellationToken cancellationToken)
    {
        var asked = files.SelectMany(file => OwnersOf(file).Select(owner => (Owner: owner, File: file)))
            .GroupBy(static copy => copy.Owner, static copy => copy.File)
            .Select(owner => FindMissingAsync(owner.Key, [.. owner], cancellationToken));
        return [.. (await Task.WhenAll(asked)).SelectMany(static missing => missing)];
    }

    private static async Task<IEnumerable<MissingCopy>> FindMissingAsync(
        MasterLink owner, IReadOnlyList<FileId> files, CancellationToken cancellationToken)
    {
        var holds = await owner.HoldsEachAsync(files, cancellationToken);
        return files.Zip(holds).Where(static answer => answer.Second != true)
            .Select(answer => new MissingCopy(answer.First, owner.Address, answer.Second is null));
    }

    private static async Task<AwayException?> TryPutAsync(
        MasterLink owner, Manifest manifest, IChunkReader chunks, bool isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            await owner.PutAsync(manifest, chunks, isNeeded, cancellationToken);
            return null;
        }
        catch (AwayException away)
        {
            return away;
        }
    }

    private MasterLink[] OwnersOf(FileId file)
    {
        var owners = new PeerId[_placement.OwnerCount];
        _placement.FindOwners(file, owners);
        return Array.ConvertAll(owners, owner => _links[owner]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_links.Values.Select(static link => link.DisposeAsync().AsTask()));
}
