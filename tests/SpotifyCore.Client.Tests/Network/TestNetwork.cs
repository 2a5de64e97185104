using Microsoft.Extensions.DependencyInjection;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>
/// An access point, a master and a storage node in this process, real down to sockets and files, and what was
/// imported into them.
/// </summary>
public sealed class TestNetwork : IAsyncLifetime
{
    public const string Password = "correct horse";
    public const string Listener = "anna";
    public const string Importer = "import";

    private readonly TempDirectory _directory = new();
    private ServiceProvider? _provider;
    private GrpcServer? _server;

    public TestNetwork()
    {
        Master = new TestNode(_directory["master"], isMaster: true);
        Storage = new TestNode(_directory["storage"], isMaster: false);
    }

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    internal TestNode Master { get; }

    internal TestNode Storage { get; }

    internal TestPress Press { get; private set; } = null!;

    /// <summary>A folder of the test's own.</summary>
    public string Folder(string name) => _directory[name];

    public async Task InitializeAsync()
    {
        await StartAccessPointAsync();
        var accounts = _provider!.GetRequiredService<AccountStore>();
        accounts.Add(Listener, Password, AccountRoles.Listener);
        accounts.Add(Importer, Password, AccountRoles.Import | AccountRoles.Listener);
        await Master.StartAsync(
            "--access-point", Url, "--masters", Master.Address.ToString(), "--trusted", $"{Storage.Address.Id}");
        await StartStorageAsync();
        Press = await TestPress.OpenAsync(Url);
    }

    public void AddListener(string name, string password) => AddAccount(name, password, AccountRoles.Listener);

    internal void AddAccount(string name, string password, AccountRoles roles) =>
        _provider!.GetRequiredService<AccountStore>().Add(name, password, roles);

    /// <summary>Completes when the tracker knows that a client holds a track whole.</summary>
    internal Task WhenHeldAsync(Tune tune, SpotifyClient holder) =>
        Eventually.TrueAsync(() => Press.IsHeldAsync(tune, holder.Id), "the tracker knows the holder");

    public Task StartStorageAsync() => Storage.StartAsync(
        "--access-point", Url, "--masters", Master.Address.ToString(), "--site", "test", "--cache:disk-bytes", "256MiB");

    public async Task StartAccessPointAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddBackend();
        services.Configure<BackendOptions>(options =>
        {
            options.DataDirectory = _directory["access-point"];
            options.MasterNodes = [Master.Address.ToString()];
            options.StorageNodes = [$"test={Storage.Address}"];
            options.MasterCopies = 1;
        });
        _provider = services.BuildServiceProvider();
        _server = await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = Url }, _provider.GetServices<ServedService>());
    }

    public async Task StopAccessPointAsync()
    {
        await _server!.DisposeAsync();
        await _provider!.DisposeAsync();
    }

    public async Task DisposeAsync()
    {
        await Press.DisposeAsync();
        await Storage.DisposeAsync();
        await Master.DisposeAsync();
        await StopAccessPointAsync();
        _directory.Dispose();
    }
}
