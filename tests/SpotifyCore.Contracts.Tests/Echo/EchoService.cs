using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Contracts.Tests.Echo;

/// <summary>Does what the text of a request says, and echoes any other.</summary>
public sealed class EchoService : Echo.EchoBase
{
    /// <summary>Hard to carry: quotes, percent signs, line breaks and letters beyond ASCII.</summary>
    public const string FailDetail = "nothing called \"ñ\" – 100 %\nfound %41";

    public static readonly byte[] FailBytes = [0, 1, 254, 255];

    private readonly SemaphoreSlim _hanging = new(0);
    private readonly SemaphoreSlim _cancelled = new(0);

    public static ServedService Create(ICallGate? gate = null) =>
        ServedService.Create(new EchoService(), Echo.BindService, gate ?? new OpenGate());

    public override async Task<EchoReply> Say(EchoRequest request, ServerCallContext context)
    {
        switch (request.Text)
        {
            case "fail":
                throw Failure();
            case "crash":
                throw new InvalidOperationException("secret");
            case "hang":
                _hanging.Release();
                await HangAsync(context);
                break;
            case "idle":
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
            case "await hanging":
                await _hanging.WaitAsync(context.CancellationToken);
                break;
            case "await cancelled":
                // By its headers a caller knows that it waits.
                await context.WriteResponseHeadersAsync([]);
                await _cancelled.WaitAsync(context.CancellationToken);
                break;
            case "metadata":
                await EchoMetadataAsync(context);
                break;
            case "deadline":
                var left = context.Deadline == DateTime.MaxValue ? TimeSpan.Zero : context.Deadline - DateTime.UtcNow;
                return new EchoReply { Number = (int)left.TotalMilliseconds };
            case "data":
                return new EchoReply { Data = UnsafeByteOperations.UnsafeWrap(new byte[request.Count]) };
        }

        return Reply(request);
    }

    public override async Task Count(
        EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
            await responseStream.WriteAsync(new EchoReply { Text = request.Text, Data = request.Data, Number = i });

        if (request.Text == "fail")
            throw Failure();
        if (request.Text == "hang")
            await HangAsync(context);
        if (request.Text == "idle")
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    public override async Task<EchoReply> Collect(
        IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        var collected = new EchoReply();
        await foreach (var request in requestStream.ReadAllAsync())
        {
            if (request.Text == "fail")
                throw Failure();

            collected.Text += request.Text;
            collected.Number++;
        }

        return collected;
    }

    public override async Task Chat(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream,
        ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync([]);
        try
        {
            while (await requestStream.MoveNext(context.CancellationToken)
                && requestStream.Current is { Text: not "bye" } request)
            {
                if (request.Text == "fail")
                    throw Failure();

                await responseStream.WriteAsync(Reply(request));
            }
        }
        catch (Exception gone) when (gone is not RpcException)
        {
            _cancelled.Release();
            throw;
        }
    }

    private static EchoReply Reply(EchoRequest request) =>
        new() { Text = request.Text, Data = request.Data, Number = request.Count };

    private static RpcException Failure() => CallFailure.Of(
        StatusCode.NotFound, FailDetail, new Metadata { { "reason", "because" }, { "detail-bin", FailBytes } });

    private static Task EchoMetadataAsync(ServerCallContext context)
    {
        var text = context.RequestHeaders.GetValue("x-text")!;
        var bytes = context.RequestHeaders.GetValueBytes("x-data-bin")!;
        context.ResponseTrailers.Add("y-text", text);
        context.ResponseTrailers.Add("y-data-bin", bytes);
        return context.WriteResponseHeadersAsync(new Metadata { { "x-text", text }, { "x-data-bin", bytes } });
    }

    private async Task HangAsync(ServerCallContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            _cancelled.Release();
        }
    }
}
