using System.IO.Pipelines;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Channels;

/// <summary>One call on the wire, whatever its kind. One reader and one writer at a time, side by side.</summary>
internal sealed class RpcClientCall<TResponse> : IAsyncDisposable
    where TResponse : class, IMessage<TResponse>
{
    private static readonly StreamPipeReaderOptions PipeOptions = new(bufferSize: 16 << 10, leaveOpen: true);

    private readonly MessageParser<TResponse> _parser;
    private readonly RpcCallLifetime _lifetime;
    private readonly int _maxMessageBytes;
    private readonly Task<RpcMetadata> _opened;
    private RpcStreamContent? _requests;
    private HttpResponseMessage? _response;
    private PipeReader? _input;
    private MessageReader? _reader;
    private Exception? _failure;
    private volatile bool _ended;

    public RpcClientCall(
        HttpMessageInvoker http, HttpRequestMessage request, MessageParser<TResponse> parser,
        RpcCallLifetime lifetime, int maxMessageBytes)
    {
        _parser = parser;
        _lifetime = lifetime;
        _maxMessageBytes = maxMessageBytes;
        _opened = OpenAsync(http, request);

        // A call that nobody reads from may fail unseen.
        _ = _opened.ContinueWith(
            static opened => _ = opened.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>What came after the last message; empty until that was read.</summary>
    public RpcMetadata Trailers { get; private set; } = RpcMetadata.Empty;

    /// <summary>What came before the first message.</summary>
    public Task<RpcMetadata> GetHeadersAsync() => _opened;

    /// <summary>The next message, or null after the last. Cancelling it calls the call off.</summary>
    public async ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        await _opened;
        if (_ended)
            return _failure is null ? null : throw _failure;

        using var stop = cancellationToken.UnsafeRegister(static call => ((RpcCallLifetime)call!).Stop(), _lifetime);
        try
        {
            if (await _reader!.ReadAsync(_parser, _lifetime.Token) is { } message)
                return message;

            Trailers = RpcResponseHead.ReadTrailers(_response!);
        }
        catch (Exception e)
        {
            throw Fail(e);
        }

        await _input!.CompleteAsync();
        End();
        return null;
    }

    /// <summary>The one message of the response, which has to end after it.</summary>
    public async Task<RpcReply<TResponse>> ReadReplyAsync()
    {
        var headers = await _opened;
        var message = await ReadAsync(default);
        if (message is null || await ReadAsync(default) is not null)
            throw new RpcException(RpcStatusCode.Unimplemented, "The server did not answer with exactly one message.");

        return new RpcReply<TResponse>(headers, message, Trailers);
    }

    /// <summary>Sends one message. Cancelling it calls the call off.</summary>
    public async ValueTask WriteAsync(IMessage message, CancellationToken cancellationToken)
    {
        var length = MessageWriter.Measure(message, _maxMessageBytes);
        using var stop = cancellationToken.UnsafeRegister(static call => ((RpcCallLifetime)call!).Stop(), _lifetime);
        try
        {
            await _requests!.WriteAsync(message, length, _lifetime.Token);
        }
        catch (Exception e)
        {
            if (_failure is { } failure)
                throw failure;
            if (_lifetime.Token.IsCancellationRequested)
                throw _lifetime.Explain(e);

            throw new RpcException(RpcStatusCode.Cancelled, "The call has ended; reading tells how.", null, e);
        }
    }

    /// <summary>Says that there are no more messages.</summary>
    public void CompleteWriting() => _requests!.Finish();

    /// <summary>Calls the call off, unless it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended)
            return;

        _lifetime.Stop();
        await Task.WhenAny(_opened);
        End();
    }

    private async Task<RpcMetadata> OpenAsync(HttpMessageInvoker http, HttpRequestMessage request)
    {
        _requests = request.Content as RpcStreamContent;
        try
        {
            _response = await http.SendAsync(request, _lifetime.Token);

            // Disposing a response before its end resets the stream, which is how the server learns of it.
            _lifetime.Token.UnsafeRegister(static response => ((HttpResponseMessage)response!).Dispose(), _response);
            var headers = RpcResponseHead.ReadHeaders(_response);
            _input = PipeReader.Create(await _response.Content.ReadAsStreamAsync(_lifetime.Token), PipeOptions);
            _reader = new MessageReader(_input, _maxMessageBytes, onCompressed: RpcStatusCode.Internal);
            return headers;
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
    }

    private Exception Fail(Exception cause)
    {
        _failure = _lifetime.Explain(cause);
        _input?.Complete();
        End();
        return _failure;
    }

    private void End()
    {
        _ended = true;
        _response?.Dispose();
        _requests?.Abort();
        _lifetime.Dispose();
    }
}
