using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Google.Protobuf;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Rpc.Tests.Serving;

/// <summary>A request and its response in memory, as a transport would offer them.</summary>
public sealed class MemoryExchange : RpcExchange
{
    // Whoever waits runs on at once, on the thread of whom it waited for.
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Pipe _request = new(Inline);
    private readonly Pipe _response = new(Inline);
    private readonly Dictionary<string, string> _requestHeaders = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _aborted = new();
    private readonly CancellationTokenSource _stopping = new();

    [SetsRequiredMembers]
    public MemoryExchange(string path)
    {
        Path = path;
        RequestHeaders = _requestHeaders;
        Input = _request.Reader;
        Output = _response.Writer;
        Aborted = _aborted.Token;
        Stopping = _stopping.Token;
    }

    public PipeWriter Request => _request.Writer;

    public PipeReader Response => _response.Reader;

    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Trailers { get; } = new(StringComparer.Ordinal);

    public bool HasStarted { get; private set; }

    public bool HasEnded { get; private set; }

    public bool MayPause { get; private set; }

    /// <summary>The status, wherever it stands.</summary>
    public string? Status => (HasStarted ? Trailers : Headers).GetValueOrDefault("grpc-status");

    public static byte[] Frame(IMessage message, byte flags = 0)
    {
        var frame = new byte[5 + message.CalculateSize()];
        frame[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }

    public MemoryExchange With(string header, string value)
    {
        _requestHeaders[header] = value;
        return this;
    }

    /// <summary>Puts a whole request in.</summary>
    public MemoryExchange Send(params ReadOnlySpan<byte> bytes)
    {
        Request.Write(bytes);
        Request.Complete();
        return this;
    }

    /// <summary>Puts a part of a request in; the dispatcher has dealt with it on return.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        Request.Write(bytes);
        Assert.True(Request.FlushAsync().IsCompletedSuccessfully);
    }

    public Task AbortAsync() => _aborted.CancelAsync();

    public Task StopAsync() => _stopping.CancelAsync();

    public override void AddHeader(string name, string value) => Headers.Add(name, value);

    public override void AddTrailer(string name, string value) => Trailers.Add(name, value);

    public override Task StartAsync()
    {
        HasStarted = true;
        return Task.CompletedTask;
    }

    public override async Task CompleteAsync()
    {
        HasEnded = true;
        await Output.CompleteAsync();
    }

    public override void ExpectPauses() => MayPause = true;
}
