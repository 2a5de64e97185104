using System.IO.Pipelines;
using System.Net;

namespace SpotifyCore.Rpc.Serving;

/// <summary>
/// One HTTP/2 request and its response as a server's transport offers them to <see cref="RpcDispatcher"/>: what
/// arrived as properties, what is sent as methods.
/// </summary>
public abstract class RpcExchange
{
    /// <summary>The request's path.</summary>
    public required string Path { get; init; }

    /// <summary>The request's headers; a name may occur several times.</summary>
    public required IEnumerable<KeyValuePair<string, string>> RequestHeaders { get; init; }

    /// <summary>The request's body.</summary>
    public required PipeReader Input { get; init; }

    /// <summary>The response's body, to be used once <see cref="StartAsync"/> has been called.</summary>
    public required PipeWriter Output { get; init; }

    /// <summary>Where the connection comes from, or null.</summary>
    public EndPoint? RemoteEndPoint { get; init; }

    /// <summary>Fires when the client reset the stream or its connection broke.</summary>
    public required CancellationToken Aborted { get; init; }

    /// <summary>Fires when the server begins to stop.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>Adds a header to a response that has not started.</summary>
    public abstract void AddHeader(string name, string value);

    /// <summary>Adds a trailer to a response that has started.</summary>
    public abstract void AddTrailer(string name, string value);

    /// <summary>Fixes the headers; they go out with what is flushed next.</summary>
    public abstract Task StartAsync();

    /// <summary>Ends the response; one that has not started consists of its headers alone.</summary>
    public abstract Task CompleteAsync();

    /// <summary>The request may pause for as long as it likes between its messages.</summary>
    public abstract void ExpectPauses();
}
