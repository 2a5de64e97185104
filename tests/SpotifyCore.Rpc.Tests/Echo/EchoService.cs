using Google.Protobuf;
using Google.Protobuf.Reflection;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Serving;
using SpotifyCore.Rpc.Tests.Contracts;

namespace SpotifyCore.Rpc.Tests.Echo;

/// <summary>Does what the text of a request says, and echoes any other.</summary>
public sealed class EchoService
{
    /// <summary>Hard to carry: quotes, percent signs, line breaks and letters beyond ASCII.</summary>
    public const string FailDetail = "nothing called \"ñ\" – 100 %\nfound %41";

    public static readonly byte[] FailBytes = [0, 1, 254, 255];

    private readonly SemaphoreSlim _cancelled = new(0);

    public static ServiceDescriptor Descriptor => EchoReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Echo");

    public RpcService Build() => new RpcServiceBuilder(Descriptor)
        .Unary<EchoRequest, EchoReply>("Say", SayAsync)
        .ServerStreaming<EchoRequest, EchoReply>("Count", CountAsync)
        .ClientStreaming<EchoRequest, EchoReply>("Collect", CollectAsync)
        .Duplex<EchoRequest, EchoReply>("Chat", ChatAsync)
        .Build();

    private async Task<EchoReply> SayAsync(EchoRequest request, RpcServerCall call)
    {
        switch (request.Text)
        {
            case "fail":
                throw Failure();
            case "crash":
                throw new InvalidOperationException("secret");
            case "hang":
                await HangAsync(call);
                break;
            case "idle":
                await Task.Delay(Timeout.Infinite, call.Cancellation);
                break;
            case "await cancelled":
                await _cancelled.WaitAsync(call.Cancellation);
                break;
            case "metadata":
                EchoMetadata(call);
                break;
            case "deadline":
                var left = call.Deadline - DateTimeOffset.UtcNow ?? TimeSpan.Zero;
                return new EchoReply { Number = (int)left.TotalMilliseconds };
            case "data":
                return new EchoReply { Data = UnsafeByteOperations.UnsafeWrap(new byte[request.Count]) };
        }

        return Echo(request);
    }

    private async Task CountAsync(EchoRequest request, RpcStreamWriter<EchoReply> writer, RpcServerCall call)
    {
        for (var i = 0; i < request.Count; i++)
            await writer.WriteAsync(new EchoReply { Text = request.Text, Data = request.Data, Number = i });

        if (request.Text == "fail")
            throw Failure();
        if (request.Text == "hang")
            await HangAsync(call);
        if (request.Text == "idle")
            await Task.Delay(Timeout.Infinite, call.Cancellation);
    }

    private async Task<EchoReply> CollectAsync(RpcStreamReader<EchoRequest> reader, RpcServerCall call)
    {
        var collected = new EchoReply();
        await foreach (var request in reader.ReadAllAsync())
        {
            if (request.Text == "fail")
                throw Failure();

            collected.Text += request.Text;
            collected.Number++;
        }

        return collected;
    }

    private async Task ChatAsync(
        RpcStreamReader<EchoRequest> reader, RpcStreamWriter<EchoReply> writer, RpcServerCall call)
    {
        await call.SendHeadersAsync();
        try
        {
            while (await reader.ReadAsync() is { Text: not "bye" } request)
            {
                if (request.Text == "fail")
                    throw Failure();

                await writer.WriteAsync(Echo(request));
            }
        }
        catch (OperationCanceledException)
        {
            _cancelled.Release();
            throw;
        }
    }

    private static EchoReply Echo(EchoRequest request) =>
        new() { Text = request.Text, Data = request.Data, Number = request.Count };

    private static RpcException Failure() => new(
        RpcStatusCode.NotFound, FailDetail, new RpcMetadata { { "reason", "because" }, { "detail-bin", FailBytes } });

    private static void EchoMetadata(RpcServerCall call)
    {
        call.ResponseHeaders.Add("x-text", call.Metadata.GetText("x-text")!);
        call.ResponseHeaders.Add("x-data-bin", call.Metadata.GetBytes("x-data-bin")!.Value);
        call.Trailers.Add("y-text", call.Metadata.GetText("x-text")!);
        call.Trailers.Add("y-data-bin", call.Metadata.GetBytes("x-data-bin")!.Value);
    }

    private async Task HangAsync(RpcServerCall call)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, call.Cancellation);
        }
        finally
        {
            _cancelled.Release();
        }
    }
}
