using Microsoft.Extensions.DependencyInjection;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Adverts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>
/// An access point, a master and a storage node in this process, real down to sockets and files, and what was
/// imported into them.
/// </summary>
public class TestNetwork : IAsyncLifetime
{
    public const string Password = "correct horse";
    public const string Listener = "anna";
    public const string Importer = "import";

    private readonly TempDirectory _directory = new();
    private readonly ClientLogs _logs = new();
    private TestAccessPoint? _point;
    private TestAccessPoint? _other;

    public TestNetwork()
    {
        Master = new TestNode(_directory["master"], isMaster: true);
        Storage = new TestNode(_directory["storage"], isMaster: false);
    }

    /// <summary>True when an account plays on one device at a time; most tests play on several.</summary>
    protected virtual bool OneStreamPerAccount => false;

    /// <summary>Names a database of PostgreSQL, which two access points share then; else there is one, with a file.</summary>
    protected virtual string Database => "";

    /// <summary>After how much listening an advert is due, where there are any.</summary>
    protected virtual TimeSpan AdvertEvery => TimeSpan.FromMinutes(15);

    /// <summary>The providers through which one may sign in.</summary>
    protected virtual string[] IdentityProviders => [];

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    /// <summary>Where the second access point is, where there is one.</summary>
    public string OtherUrl { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    internal TestNode Master { get; }

    internal TestNode Storage { get; }

    internal TestPress Press { get; private set; } = null!;

    private AccountStore Accounts => _point!.Services.GetRequiredService<AccountStore>();

    /// <summary>True when the access point has logged that.</summary>
    public bool Logged(string text) => _logs.Contains(text);

    /// <summary>A folder of the test's own.</summary>
    public string Folder(string name) => _directory[name];

    public virtual async Task InitializeAsync()
    {
        await StartAccessPointAsync();
        Accounts.Add(Listener, Password, AccountRoles.Listener);
        Accounts.Add(Importer, Password, AccountRoles.Import | AccountRoles.Listener);
        await Master.StartAsync(
            "--access-point", Url, "--masters", Master.Address.ToString(), "--trusted", $"{Storage.Address.Id}");
        await StartStorageAsync();
        Press = await TestPress.OpenAsync(Url);
        if (Database.Length > 0)
            _other = await StartAsync(OtherUrl, CopyKeys());
    }

    /// <summary>Says who may make an account.</summary>
    public void SetRegistration(RegistrationMode mode) =>
        _point!.Services.GetRequiredService<RegistrationSettings>().Set("", mode);

    /// <summary>How often adverts were heard to their end.</summary>
    public long AdvertsHeard => _point!.Services.GetRequiredService<AdvertStore>().List().Sum(static advert => advert.Heard);

    /// <summary>Milliseconds of music that an account was given the keys of since its last advert.</summary>
    public long MusicOf(string account)
    {
        using var connection = _point!.Services.GetRequiredService<ServiceDatabase>().Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT l.music FROM listening l JOIN accounts a ON a.id = l.account WHERE a.name = @name";
        var name = command.CreateParameter();
        (name.ParameterName, name.Value) = ("@name", account);
        command.Parameters.Add(name);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>As the operator does.</summary>
    public void GivePlan(string name, Contracts.Plan plan) =>
        _point!.Services.GetRequiredService<OperatorPlans>().Give(name, plan, ends: null);

    /// <summary>As the operator does: the account is Free.</summary>
    public void EndPlans(string name) => _point!.Services.GetRequiredService<OperatorPlans>().End(name);

    public void AddListener(string name, string password) => AddAccount(name, password, AccountRoles.Listener);

    internal void AddAccount(string name, string password, AccountRoles roles) =>
        Accounts.Add(name, password, roles);

    /// <summary>As the operator does: what the account has open is refused from now on.</summary>
    internal void RemoveAccount(string name) => Accounts.Remove(name);

    /// <summary>Open sessions of an account.</summary>
    internal int SessionsOf(string name) => Accounts.List().Single(entry => entry.Account.Name == name).Sessions;

    /// <summary>
    /// Completes when a client says, to who asks, that it holds a track whole, and the tracker tells of it. The tracker
    /// alone proves nothing: it tells of those who play a track, too.
    /// </summary>
    internal async Task WhenHeldAsync(Tune tune, TestClient holder)
    {
        await Eventually.TrueAsync(() => holder.Remembers(tune), "the client holds the track");
        await Eventually.TrueAsync(() => Press.IsToldOfAsync(tune, holder.Client.Id), "the tracker tells of the client");
    }

    public Task StartStorageAsync() => Storage.StartAsync(
        "--access-point", Url, "--masters", Master.Address.ToString(), "--site", "test", "--cache:disk-bytes", "256MiB");

    /// <summary>Does something while no production node gives anything: nobody but peers and caches does.</summary>
    public async Task WithoutStorageAsync(Func<Task> action)
    {
        await Storage.StopAsync();
        try
        {
            await action();
        }
        finally
        {
            await StartStorageAsync();
        }
    }

    public async Task StartAccessPointAsync() => _point = await StartAsync(Url, _directory["access-point"]);

    public async Task StopAccessPointAsync() => await _point!.DisposeAsync();

    public virtual async Task DisposeAsync()
    {
        await Press.DisposeAsync();
        if (_other is not null)
            await _other.DisposeAsync();

        await Storage.DisposeAsync();
        await Master.DisposeAsync();
        await StopAccessPointAsync();
        _directory.Dispose();
    }

    // The keys are of the database.
    private string CopyKeys()
    {
        var folder = _directory["other-access-point"];
        Directory.CreateDirectory(folder);
        foreach (var key in new[] { "service.secret", "ticket.key" })
            File.Copy(Path.Combine(_directory["access-point"], key), Path.Combine(folder, key));

        return folder;
    }

    private Task<TestAccessPoint> StartAsync(string url, string folder) => TestAccessPoint.StartAsync(url, _logs, options =>
    {
        options.DataDirectory = folder;
        options.Database = Database;
        options.MasterNodes = [Master.Address.ToString()];
        options.StorageNodes = [$"test={Storage.Address}"];
        options.MasterCopies = 1;
        options.OneStreamPerAccount = OneStreamPerAccount;
        options.IdentityProviders = IdentityProviders;
        options.Plans.AdvertEvery = AdvertEvery;
    });
}
