namespace SpotifyCore.Contracts.Serving;

/// <summary>Tells the calls of a server that it stops.</summary>
internal sealed class ServerStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public bool IsAsked => _source.IsCancellationRequested;

    public Task AskAsync() => _source.CancelAsync();

    public void Dispose() => _source.Dispose();
}
