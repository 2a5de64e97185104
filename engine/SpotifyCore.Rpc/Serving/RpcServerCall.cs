using System.Net;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Serving;

/// <summary>One call as its handler sees it. Belongs to the handler until that has ended.</summary>
public sealed class RpcServerCall
{
    private readonly RpcExchange _exchange;
    private readonly MessageReader _reader;
    private readonly int _maxMessageBytes;
    private bool _started;
    private bool _ended;

    internal RpcServerCall(
        RpcExchange exchange, RpcRequestHead head, int maxMessageBytes, CancellationToken cancellation)
    {
        _exchange = exchange;
        _maxMessageBytes = maxMessageBytes;
        _reader = new MessageReader(exchange.Input, maxMessageBytes, head.OnCompressed);
        Metadata = head.Metadata;
        Deadline = head.Deadline;
        Cancellation = cancellation;
    }

    /// <summary>Path of the method: "/package.Service/Method".</summary>
    public string Method => _exchange.Path;

    /// <summary>What the caller sent beside the messages.</summary>
    public RpcMetadata Metadata { get; }

    /// <summary>Goes out before the first message; what is added after that is lost.</summary>
    public RpcMetadata ResponseHeaders { get; } = [];

    /// <summary>Goes out after the last message, with the status.</summary>
    public RpcMetadata Trailers { get; } = [];

    /// <summary>When the caller stops waiting; null when it did not say.</summary>
    public DateTimeOffset? Deadline { get; }

    /// <summary>
    /// Fires when the caller has gone or called it off, at the deadline, and when the server stops, then for
    /// streams only.
    /// </summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Where the caller's connection comes from; null when its transport has no addresses.</summary>
    public EndPoint? RemoteEndPoint => _exchange.RemoteEndPoint;

    /// <summary>What the service's gate found out about the caller, for its handlers.</summary>
    public object? Caller { get; set; }

    /// <summary>Whether the connection failed under a read or a write.</summary>
    internal bool IsCallerGone { get; private set; }

    /// <summary>Sends the headers now rather than with the first message.</summary>
    public async ValueTask SendHeadersAsync()
    {
        await StartAsync();
        await _exchange.Output.FlushAsync(Cancellation);
    }

    internal async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        using var linked = Link(cancellationToken);
        try
        {
            return await _reader.ReadAsync(parser, linked?.Token ?? Cancellation);
        }
        catch (IOException e)
        {
            throw CallerGone(e);
        }
    }

    internal async ValueTask<T> ReadSingleAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var message = await ReadAsync(parser, default);
        if (message is null || await ReadAsync(parser, default) is not null)
            throw new RpcException(RpcStatusCode.Unimplemented, "The method takes exactly one message.");

        return message;
    }

    internal async ValueTask WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        using var linked = Link(cancellationToken);
        try
        {
            await WriteLastAsync(message);
            await _exchange.Output.FlushAsync(linked?.Token ?? Cancellation);
        }
        catch (IOException e)
        {
            throw CallerGone(e);
        }
    }

    /// <summary>Writes a message that goes out together with the trailers.</summary>
    internal async ValueTask WriteLastAsync(IMessage message)
    {
        if (_ended)
            throw new InvalidOperationException("The handler has ended; nothing can be sent any more.");

        var length = MessageWriter.Measure(message, _maxMessageBytes);
        await StartAsync();
        MessageWriter.Write(_exchange.Output, message, length);
    }

    /// <summary>Ends the response with a status; one without messages consists of its headers alone.</summary>
    internal async Task FinishAsync(RpcStatusCode code, string detail)
    {
        _ended = true;
        if (!_started)
            AddHeaders();

        AddLast(GrpcHeaders.Status, ((int)code).ToString());
        if (detail.Length > 0)
            AddLast(GrpcHeaders.Message, GrpcMessageText.Encode(detail));
        foreach (var entry in Trailers)
            AddLast(entry.Name, MetadataText.Format(entry));

        await _exchange.CompleteAsync();
    }

    private async ValueTask StartAsync()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (_started)
            return;

        AddHeaders();
        _started = true;
        await _exchange.StartAsync();
    }

    private void AddHeaders()
    {
        _exchange.AddHeader(GrpcHeaders.AcceptEncoding, GrpcHeaders.Identity);
        foreach (var entry in ResponseHeaders)
            _exchange.AddHeader(entry.Name, MetadataText.Format(entry));
    }

    private void AddLast(string name, string value)
    {
        if (_started)
            _exchange.AddTrailer(name, value);
        else
            _exchange.AddHeader(name, value);
    }

    private CancellationTokenSource? Link(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled && cancellationToken != Cancellation
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Cancellation)
            : null;

    private OperationCanceledException CallerGone(IOException cause)
    {
        IsCallerGone = true;
        return new OperationCanceledException("The caller has gone.", cause);
    }
}
