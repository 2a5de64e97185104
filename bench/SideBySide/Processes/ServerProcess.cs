using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SpotifyCore.SideBySide.Processes;

/// <summary>
/// A server that runs as a process of its own, until it is disposed or this process ends, however it does.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int MostErrors = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ServerProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Where to write to one that reads.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts it, without anything to read: that its input ends is how it learns that nobody is left.</summary>
    public static ServerProcess Start(params IReadOnlyList<string> command) =>
        StartReader([Programs.Native("guard"), .. command]);

    /// <summary>Starts one that reads its input, and ends by itself where that does.</summary>
    public static ServerProcess StartReader(params IReadOnlyList<string> command) =>
        new(Process.Start(Programs.Prepare(command))!);

    /// <summary>Its next line.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or says nothing.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(
                Patience, cancellationToken) ?? throw Failed("ended");
        }
        catch (TimeoutException)
        {
            throw Failed("says nothing");
        }
    }

    /// <summary>Completes once it takes connections on 127.0.0.1.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or does not listen.</exception>
    public Task WhenListeningAsync(int port, CancellationToken cancellationToken) =>
        WhenAsync(() => LoopbackPort.IsListenedAt(port, Id), "does not listen", cancellationToken);

    /// <summary>The number of the one process that it starts, to which it leaves the work.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or starts none.</exception>
    public async Task<int> FindChildAsync(CancellationToken cancellationToken)
    {
        var child = 0;
        await WhenAsync(
            () => int.TryParse(File.ReadAllText($"/proc/{Id}/task/{Id}/children"), out child),
            "starts no process",
            cancellationToken);
        return child;
    }

    /// <summary>Asks it to finish, as Ctrl-C would, and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It does not end.</exception>
    public async Task InterruptAsync(CancellationToken cancellationToken)
    {
        await ToolRun.RunAsync(
            ["kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture)], cancellationToken);
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Failed("does not end");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task WhenAsync(Func<bool> isSo, string otherwise, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (_process.HasExited || !isSo())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw Failed(otherwise);

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    private InvalidOperationException Failed(string what)
    {
        var command = string.Join(' ', _process.StartInfo.ArgumentList);
        lock (_errors)
            return new InvalidOperationException($"{command} {what}: {_errors}");
    }

    private void Note(string? line)
    {
        lock (_errors)
        {
            if (_errors.Length < MostErrors)
                _errors.AppendLine(line);
        }
    }
}
