namespace SpotifyCore.SideBySide.Serving;

/// <summary>A server that has the served file in memory and runs on the servers' core, until it is disposed.</summary>
internal interface ILoadServer : IAsyncDisposable
{
    /// <summary>How it is asked.</summary>
    LoadTarget Target { get; }
}
