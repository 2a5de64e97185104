using Microsoft.Extensions.DependencyInjection;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Import.Masters;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>An access point and three master nodes in this process, real down to the sockets and files.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public const string Password = "correct horse";
    public const string Name = "import";
    public const string Listener = "ann";

    private readonly TempDirectory _directory = new();
    private ServiceProvider? _provider;
    private GrpcServer? _server;

    internal List<TestMaster> Masters { get; } = [];

    public string Url => _server!.Addresses[0];

    private AccountStore Accounts => _provider!.GetRequiredService<AccountStore>();

    internal AccessPointAddress AddressFor(string name, string password = Password) => new(Url, null, name, password);

    /// <summary>Open sessions of an account.</summary>
    public int SessionsOf(string name) => Accounts.List().Single(entry => entry.Account.Name == name).Sessions;

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            Masters.Add(new TestMaster(_directory[$"master{i}"]));

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddBackend();
        services.Configure<BackendOptions>(options =>
        {
            options.DataDirectory = _directory["access-point"];
            options.MasterNodes = [.. Masters.Select(master => master.Address.ToString())];
        });
        _provider = services.BuildServiceProvider();
        Accounts.Add(Listener, Password, AccountRoles.Listener);
        Accounts.Add(Name, Password, AccountRoles.Import);
        _server = await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = "http://127.0.0.1:0" }, _provider.GetServices<ServedService>());
        foreach (var master in Masters)
            await master.StartAsync(Url);
    }

    public async Task DisposeAsync()
    {
        foreach (var master in Masters)
            await master.DisposeAsync();

        await _server!.DisposeAsync();
        await _provider!.DisposeAsync();
        _directory.Dispose();
    }
}
