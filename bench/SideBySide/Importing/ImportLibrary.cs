using System.Security.Cryptography;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Importing;

/// <summary>An access point and a master node on loopback, and an account that may import into them.</summary>
internal sealed class ImportLibrary : IAsyncDisposable
{
    private const string Account = "librarian";

    private readonly string _url;
    private readonly string _password;
    private readonly ServerProcess _accessPoint;
    private readonly ServerProcess _master;

    private ImportLibrary(string url, string password, ServerProcess accessPoint, ServerProcess master)
    {
        _url = url;
        _password = password;
        _accessPoint = accessPoint;
        _master = master;
    }

    /// <summary>Starts both.</summary>
    public static async Task<ImportLibrary> StartAsync(string directory, CancellationToken cancellationToken)
    {
        var library = await LoopbackPort.StartAsync(port => StartAsync(directory, port, cancellationToken));
        try
        {
            await library.RunAsync(
                [
                    Programs.AccessPoint, "account", "add", Account, "--role", "import",
                    "--data-directory", AccessPointIn(directory),
                ],
                cancellationToken);
            return library;
        }
        catch
        {
            await library.DisposeAsync();
            throw;
        }
    }

    /// <summary>Imports a folder; gives the CPU seconds of the importer and of what it started.</summary>
    public async Task<double> ImportAsync(string folder, CancellationToken cancellationToken)
    {
        var run = await RunAsync(
            [Programs.Import, folder, "--access-point", _url, "--name", Account], cancellationToken);
        return run.CpuSeconds;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _accessPoint.DisposeAsync();
        await _master.DisposeAsync();
    }

    private static string AccessPointIn(string directory) => Path.Combine(directory, "access-point");

    private static async Task<ImportLibrary> StartAsync(
        string directory, int port, CancellationToken cancellationToken)
    {
        var (data, master) = (AccessPointIn(directory), Path.Combine(directory, "master"));
        var url = $"http://127.0.0.1:{port}";
        var id = await ToolRun.RunAsync([Programs.Master, "id", "--data-directory", master], cancellationToken);
        var listen = $"127.0.0.1:{LoopbackPort.Find()}";
        var node = $"{id.Output.Trim()}@{listen}";
        string[] storing = ["--data-directory", master, "--listen", listen, "--masters", node, "--copies", "1"];
        string[] serving = ["--data-directory", data, "--listen", url, "--master-nodes", node, "--master-copies", "1"];
        var library = new ImportLibrary(
            url,
            Convert.ToHexString(RandomNumberGenerator.GetBytes(12)),
            ServerProcess.Start([Programs.AccessPoint, .. serving]),
            ServerProcess.Start([Programs.Master, .. storing, "--access-point", url]));
        try
        {
            await library._accessPoint.ReadLineAsync(cancellationToken);
            await library._master.ReadLineAsync(cancellationToken);
            return library;
        }
        catch
        {
            await library.DisposeAsync();
            throw;
        }
    }

    private Task<ToolRun> RunAsync(string[] command, CancellationToken cancellationToken)
    {
        var start = Programs.Prepare(command);
        start.Environment["SPOTIFYCORE_PASSWORD"] = _password;
        return ToolRun.RunAsync(start, cancellationToken);
    }
}
