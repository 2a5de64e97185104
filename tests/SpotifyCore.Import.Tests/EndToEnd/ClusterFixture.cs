using Microsoft.Extensions.DependencyInjection;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Discarding;
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

    /// <summary>The clock of all of them, which can be put forward.</summary>
    internal ShiftedTimeProvider Time { get; } = new();

    internal List<TestMaster> Masters { get; } = [];

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    private AccountStore Accounts => _provider!.GetRequiredService<AccountStore>();

    internal AccessPointAddress AddressFor(string name, string password = Password) => new(Url, null, name, password);

    /// <summary>Open sessions of an account.</summary>
    public int SessionsOf(string name) => Accounts.List().Single(entry => entry.Account.Name == name).Sessions;

    /// <summary>The access point listens.</summary>
    public async Task StartServerAsync() => _server = await GrpcServer.StartAsync(
        new GrpcServerOptions { Address = Url }, _provider!.GetServices<ServedService>());

    /// <summary>The access point listens no more.</summary>
    public async Task StopServerAsync() => await _server!.DisposeAsync();

    /// <summary>Does at once what the access point does once an hour.</summary>
    public void Sweep() => _provider!.GetRequiredService<DiscardStore>().Sweep();

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            Masters.Add(new TestMaster(_directory[$"master{i}"], Time));

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(new PasswordHasher(rounds: 1_000));
        services.AddBackend();
        services.Configure<BackendOptions>(options =>
        {
            options.DataDirectory = _directory["access-point"];
            options.MasterNodes = [.. Masters.Select(master => master.Address.ToString())];
        });
        _provider = services.BuildServiceProvider();
        Accounts.Add(Listener, Password, AccountRoles.Listener);
        Accounts.Add(Name, Password, AccountRoles.Import);
        await StartServerAsync();
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
