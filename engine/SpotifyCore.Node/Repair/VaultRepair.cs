using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Repair;
using SpotifyCore.Node.Links;
using SpotifyCore.Node.Tiers;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Node.Repair;

/// <summary>
/// Keeps a master's vault whole while the host runs: holds a connection to every other master, and executes what
/// the <see cref="RepairPlanner"/> decides. Sleeps while there is nothing to do.
/// </summary>
internal sealed class VaultRepair : IHostedService, IDisposable
{
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestReconnect = TimeSpan.FromSeconds(30);

    private readonly IVault _vault;
    private readonly OwnerMap _owners;
    private readonly RepairPlanner _planner;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FileFetcher _fetcher;
    private readonly VaultScrubber _scrubber;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _planning = new();
    private readonly HashSet<Task> _running = [];
    private readonly RepairProgress _progress;
    private readonly ITimer _timer;

    public VaultRepair(
        IVault vault, OwnerMap owners, RepairPlanner planner, TimeProvider time, ILogger<VaultRepair> logger)
    {
        _vault = vault;
        _owners = owners;
        _planner = planner;
        _time = time;
        _logger = logger;
        _fetcher = new FileFetcher(vault, owners, time);
        _scrubber = new VaultScrubber(vault);
        _progress = new RepairProgress(time, logger);
        _timer = time.CreateTimer(
            static self => ((VaultRepair)self!).Decide(static _ => { }),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps how far the scrub has come; set once.</summary>
    public required ScrubPlace Place { private get; init; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _vault.DamageFound += OnDamage;
        _vault.Absent += OnAbsence;
        _vault.Lost += OnLoss;
        foreach (var link in _owners.Links.Values)
            Run(() => HoldConnectionAsync(link));

        Decide(static _ => { });
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _vault.DamageFound -= OnDamage;
        _vault.Absent -= OnAbsence;
        _vault.Lost -= OnLoss;
        Place.Keep();
        await _stopping.CancelAsync();
        Task[] running;
        lock (_planning)
            running = [.. _running];

        await Task.WhenAll(running).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stopping.Dispose();
    }

    private void OnDamage(FileId file) => Decide(planner => planner.Damaged(file));

    private void OnAbsence(FileId file) => Decide(planner => planner.Absent(file, _time.GetInstant()));

    private void OnLoss() => Decide(planner => planner.Lost(_time.GetInstant()));

    /// <summary>Tells the planner what happened and begins what it then wants done.</summary>
    private void Decide(Action<RepairPlanner> tell)
    {
        var actions = new List<RepairAction>();
        lock (_planning)
        {
            if (_stopping.IsCancellationRequested)
                return;

            tell(_planner);
            _planner.Plan(_time.GetInstant(), actions);
            _progress.Note(_planner.Lacking);
            var wake = _planner.NextWake;
            _timer.Change(
                wake == Instant.Never ? Timeout.InfiniteTimeSpan : Timers.Clamp(wake - _time.GetInstant()),
                Timeout.InfiniteTimeSpan);
        }

        foreach (var action in actions)
            Run(() => CarryOutAsync(action));
    }

    // Whatever is begun is waited for when the host stops; on the pool, so that nobody who reads is held up.
    private void Run(Func<Task> work)
    {
        lock (_planning)
        {
            if (_stopping.IsCancellationRequested)
                return;

            var task = Task.Run(() => UntilStoppedAsync(work), CancellationToken.None);
            _running.Add(task);
            _ = task.ContinueWith(
                done =>
                {
                    lock (_planning)
                        _running.Remove(done);
                },
                TaskScheduler.Default);
        }
    }

    private async Task UntilStoppedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private Task CarryOutAsync(RepairAction action) => action.Kind switch
    {
        RepairActionKind.List => ListAsync(action.Member!.Value, action.File),
        RepairActionKind.Fetch => FetchAsync(action.File, action.Member),
        _ => ScrubAsync(action.File),
    };

    private async Task HoldConnectionAsync(ReconnectingPeer link)
    {
        var member = link.Address.Id!.Value;
        var backoff = new Backoff(FirstReconnect, LongestReconnect, jitter: 0);
        while (true)
        {
            if (await ConnectAsync(link) is { } client)
            {
                backoff.Reset();
                Decide(planner => planner.MemberUp(member));
                await client.Closed.WaitAsync(_stopping.Token);
                Decide(planner => planner.MemberDown(member));
            }

            await Task.Delay(backoff.Next(chance: 0), _time, _stopping.Token);
        }
    }

    private async ValueTask<ChunkClient?> ConnectAsync(ReconnectingPeer link)
    {
        try
        {
            return await link.GetAsync(default, _stopping.Token);
        }
        catch (Exception failed) when (!_stopping.IsCancellationRequested)
        {
            _logger.LinkBroke(link.Address, failed);
            return null;
        }
    }

    // Whatever happens, the planner is told: else it would wait for ever.
    private async Task ListAsync(PeerId member, FileId after)
    {
        var (page, held, mayAnswer) = (default(FilePage), Array.Empty<bool>(), true);
        try
        {
            if (await _owners.Links[member].GetAsync(default, _stopping.Token) is { } client)
            {
                page = await client.ListAsync(after, _stopping.Token);
                held = [.. page?.Files.Select(_vault.Contains) ?? []];
                mayAnswer = client is { IsAlive: true, KnowsLists: true };
            }
            else
            {
                mayAnswer = false;
            }
        }
        catch (Exception failed) when (!_stopping.IsCancellationRequested)
        {
            _logger.ListingFailed(member, failed);
            page = null;
        }

        if (page is null)
            Decide(planner => planner.ListFailed(member, mayAnswer, _time.GetInstant()));
        else
            Decide(planner => planner.Listed(member, page.Files, held, page.HasMore));
    }

    private async Task FetchAsync(FileId file, PeerId? holder)
    {
        var (bytes, outcome) = (0L, FetchOutcome.Missing);
        try
        {
            (bytes, outcome) = await _fetcher.FetchAsync(file, holder, _stopping.Token);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _logger.RepairFailed(file, failed.Message);
            outcome = FetchOutcome.NotWritten;
        }
        catch (Exception failed) when (!_stopping.IsCancellationRequested)
        {
            _logger.RepairBroke(file, failed);
        }

        _progress.Add(bytes, outcome == FetchOutcome.Whole);
        Decide(planner => planner.Fetched(file, bytes, outcome, _time.GetInstant()));
    }

    private async Task ScrubAsync(FileId after)
    {
        var (file, bytes) = (default(FileId?), 0L);
        try
        {
            file = await _scrubber.FindNextAsync(after, _stopping.Token);
            if (file is { } next)
                bytes = await _scrubber.ReadAsync(next, _stopping.Token);
        }
        catch (Exception failed) when (!_stopping.IsCancellationRequested)
        {
            // The next file is read all the same, no sooner than after a read.
            _logger.ScrubFailed(after, failed);
            bytes = VaultScrubber.BytesAtOnce;
        }

        Place.Note(file ?? default);
        Decide(planner => planner.Scrubbed(file, bytes, _time.GetInstant()));
    }
}
