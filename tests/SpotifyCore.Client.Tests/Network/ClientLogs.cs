using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>Keeps what a client, or an access point, logs: a failed piece of a client's work is a failed test.</summary>
internal sealed class ClientLogs : ILoggerFactory, ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> Errors => _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text);

    public bool Contains(string text) => _lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }

    public override string ToString() => string.Join('\n', _lines.Select(line => $"{line.Level}: {line.Text}"));
}
