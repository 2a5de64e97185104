using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace SpotifyCore.Hosting.Running;

/// <summary>Stops its host at SIGTERM or Ctrl-C, from when it is made: that is before any service is.</summary>
internal sealed class StopSignals : IHostLifetime, IDisposable
{
    private readonly IHostApplicationLifetime _host;
    private readonly PosixSignalRegistration[] _signals;

    public StopSignals(IHostApplicationLifetime host)
    {
        _host = host;
        _signals =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM }
                .Select(signal => PosixSignalRegistration.Create(signal, Stop)),
        ];
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _host.StopApplication();
    }
}
