using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Processes;

/// <summary>A host of this repository, running as a process of its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string host, string executable, IEnumerable<string> args)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Debug/") ? "Debug" : "Release";
        var path = Path.Combine(Repository.Root, "hosts", host, "bin", configuration, "net10.0", executable);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(path, args)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
            },
        };
        _process.OutputDataReceived += (_, line) => _firstLine.TrySetResult(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to standard error.</summary>
    public string Errors => _errors.ToString();

    public static HostProcess Master(params string[] args) =>
        new("SpotifyCore.MasterNode", "spotifycore-master", args);

    public static HostProcess Storage(params string[] args) =>
        new("SpotifyCore.StorageNode", "spotifycore-storage", args);

    /// <summary>The first line on standard output.</summary>
    public async Task<string> FirstLineAsync()
    {
        var line = await _firstLine.Task.WaitAsync(Patience);
        Assert.True(line.Length > 0, Errors);
        return line;
    }

    /// <summary>Asks it to stop, and waits.</summary>
    public Task<int> TerminateAsync()
    {
        Assert.Equal(0, Signal(_process.Id, SigTerm));
        return ExitCodeAsync();
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does, and waits.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
