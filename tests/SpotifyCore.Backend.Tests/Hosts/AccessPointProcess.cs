using System.Diagnostics;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Hosts;

/// <summary>The access point as a process of its own.</summary>
internal sealed class AccessPointProcess : IAsyncDisposable
{
    private const string Name = "spotifycore-accesspoint";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private AccessPointProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the ready line says after the name.</summary>
    public string Ready { get; private set; } = "";

    public string Address => Ready.Split(' ')[0];

    public Process Process => _process;

    /// <summary>Starts a host and waits for its ready line.</summary>
    public static async Task<AccessPointProcess> StartAsync(TempDirectory directory, params string[] args)
    {
        var started = Launch(directory, [.. args, "--data-directory", directory["data"]]);
        var line = await started._process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        var prefix = $"{Name} ready ";
        if (line?.StartsWith(prefix, StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"The host did not start: {line} {await started._errors}");

        started.Ready = line[prefix.Length..];
        return started;
    }

    /// <summary>Runs a host to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        TempDirectory directory, string? input, params string[] args)
    {
        await using var started = Launch(directory, args);
        try
        {
            if (input is not null)
                await started._process.StandardInput.WriteLineAsync(input);

            started._process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading it.
        }

        var output = await started._process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        return (await started.WaitAsync(), output, await started._errors);
    }

    public static Task<(int ExitCode, string Output, string Errors)> AddAccountAsync(
        TempDirectory directory, string name, string role) =>
        RunAsync(
            directory, "correct horse", "account", "add", name, "--role", role, "--data-directory", directory["data"]);

    /// <summary>Makes a listener in the database, for a test of what another command does.</summary>
    public static void PutListener(TempDirectory directory, string name)
    {
        var data = BackendServices.PrepareDirectory(new BackendOptions { DataDirectory = directory["data"] });
        using var database = new SqliteDatabase(Path.Combine(data, BackendServices.DatabaseFile));
        TestAccounts.In(database).Add(name, "correct horse", AccountRoles.Listener);
    }

    /// <summary>Asks it to stop, as an operator does.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
        return await WaitAsync();
    }

    public async Task<int> KillAsync()
    {
        _process.Kill();
        return await WaitAsync();
    }

    public Task<string> ReadErrorsAsync() => _errors;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();

        _process.Dispose();
    }

    private static AccessPointProcess Launch(TempDirectory directory, string[] args)
    {
        var start = new ProcessStartInfo(FindExecutable(), args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory.Path,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(name);

        return new AccessPointProcess(Process.Start(start)!);
    }

    private static bool IsOurs(string variable) => variable.StartsWith("SPOTIFYCORE_", StringComparison.Ordinal);

    private static string FindExecutable()
    {
        // tests/X/bin/Release/net10.0/ stands as deep as hosts/X/bin/Release/net10.0/.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!;
        var root = configuration.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(
            root.FullName, "hosts", "SpotifyCore.AccessPoint", "bin", configuration.Name, output.Name, Name);
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }
}
