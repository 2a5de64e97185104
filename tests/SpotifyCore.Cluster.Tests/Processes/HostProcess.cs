using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SpotifyCore.Cluster.Tests.Processes;

/// <summary>A host that runs as a process of its own, from its ready line to its end.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigStop = 19;
    private const int SigCont = 18;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _firstLine.TrySetResult(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>True once it has ended, however.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it said when it was ready.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>True once it has said that it is ready, or has ended without.</summary>
    public bool IsReady => _firstLine.Task.IsCompleted;

    /// <summary>Starts a host; returns once it says that it is ready.</summary>
    public static Task<HostProcess> StartAsync(string path, params IEnumerable<string> arguments) =>
        StartAsync(Programs.Prepare(path, arguments));

    /// <summary>Starts a host that may still be starting when this returns.</summary>
    public static HostProcess Begin(ProcessStartInfo start) => new(Process.Start(start)!);

    /// <summary>As <see cref="StartAsync(string, IEnumerable{string})"/>, with an environment of its own.</summary>
    public static async Task<HostProcess> StartAsync(ProcessStartInfo start)
    {
        var host = new HostProcess(Process.Start(start)!);
        try
        {
            var line = await host._firstLine.Task.WaitAsync(Patience);
            var isReady = line?.Contains(" ready ", StringComparison.Ordinal);
            Assert.True(isReady, $"{start.FileName} did not start: {line}\n{host.Errors}");
            host.ReadyLine = line!;
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes to its standard input.</summary>
    public async Task GiveInputAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Asks it to stop, and waits for its exit code.</summary>
    public Task<int> TerminateAsync()
    {
        Assert.Equal(0, Signal(_process.Id, SigTerm));
        return WaitAsync();
    }

    /// <summary>Has it stand still: its connections stay, and nothing comes.</summary>
    public void Freeze() => Assert.Equal(0, Signal(_process.Id, SigStop));

    /// <summary>Has it go on.</summary>
    public void Thaw() => Assert.Equal(0, Signal(_process.Id, SigCont));

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();

        _process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    private void Note(string? line)
    {
        lock (_errors)
            _errors.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
