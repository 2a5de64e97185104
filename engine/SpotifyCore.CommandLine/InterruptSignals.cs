using System.Runtime.InteropServices;

namespace SpotifyCore.CommandLine;

/// <summary>Ctrl-C and SIGTERM, of which the first asks a command to end and the second ends the process.</summary>
internal sealed class InterruptSignals : IDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public InterruptSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Interrupted => _interrupted.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _interrupted.Dispose();
    }

    private void Interrupt(PosixSignalContext signal)
    {
        if (_interrupted.IsCancellationRequested)
            return;

        signal.Cancel = true;
        _interrupted.Cancel();
    }
}
