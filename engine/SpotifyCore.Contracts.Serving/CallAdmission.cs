using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// Stands before the handlers: asks the gate, holds the first message to the caller's limit before it is gathered, keeps
/// strangers within theirs, and has streams end when the server stops.
/// </summary>
internal sealed class CallAdmission(
    RequestDelegate next, ConnectionLimits limits, ServerStop stop, GrpcServerOptions options, TimeProvider time)
{
    // A message's prefix: one byte that tells whether it is compressed, four of length, big-endian.
    private const int PrefixLength = 5;

    public async Task InvokeAsync(HttpContext call)
    {
        var metadata = call.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<GrpcMethodMetadata>() is not { Method: var method })
        {
            await next(call);
            return;
        }

        if (method.Type == MethodType.Unary)
        {
            await AdmitAsync(call, metadata, method);
            return;
        }

        // A stream is called off when the server stops, before its first message as well as after.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.RequestAborted, stop.Token);
        call.RequestAborted = ending.Token;

        // A stream may pause as long as it likes; told before anything is read of it, as its pauses count from then on.
        if (call.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;

        await AdmitAsync(call, metadata, method);
    }

    private async Task AdmitAsync(HttpContext call, EndpointMetadataCollection metadata, IMethod method)
    {
        try
        {
            var terms = metadata.GetRequiredMetadata<ICallGate>().Admit(call, method.FullName);
            var caller = call.Features.Get<CallerConnection>();
            if (caller is not null && !terms.IsKnown)
            {
                await RunStrangersAsync(call, caller, method.Type, terms.MaxMessageBytes);
                return;
            }

            if (caller is not null)
                limits.Know(caller);
            await HoldToAsync(call, method.Type, terms.MaxMessageBytes);
        }
        catch (RpcException refused)
        {
            Refuse(call, refused);
            return;
        }
        catch (OperationCanceledException) when (method.Type != MethodType.Unary && stop.IsAsked)
        {
            Refuse(call, CallFailure.Of(StatusCode.Unavailable, "The server is stopping."));
            return;
        }
        catch (Exception failure) when (StoreOutage.Is(failure))
        {
            Refuse(call, StoreOutage.Answer);
            return;
        }

        await next(call);
    }

    /// <summary>The whole message has to come while the connection's silence lasts; then the server has the time.</summary>
    private async Task RunStrangersAsync(HttpContext call, CallerConnection caller, MethodType type, int limit)
    {
        if (!limits.TryBegin(caller))
        {
            Refuse(call, CallFailure.Of(
                StatusCode.ResourceExhausted, $"At most {options.MaxStrangerCalls} calls at a time before a login."));
            return;
        }

        var isWhole = false;
        try
        {
            var length = await HoldToAsync(call, type, limit);
            if (length > 0)
            {
                var reader = call.Request.BodyReader;
                var read = await reader.ReadAtLeastAsync(length, call.RequestAborted);
                reader.AdvanceTo(read.Buffer.Start);
            }

            isWhole = true;
            limits.Received(caller);
            await next(call);
        }
        finally
        {
            limits.End(caller, isWhole);
        }
    }

    /// <summary>Looks at the first message's prefix, which stays to be read.</summary>
    /// <returns>The bytes of the message with its prefix; 0 when there is none, or no limit to hold it to.</returns>
    private async ValueTask<int> HoldToAsync(HttpContext call, MethodType type, int limit)
    {
        if (limit == 0)
            return 0;

        var reader = call.Request.BodyReader;
        var read = await (type == MethodType.Unary
            ? reader.ReadAtLeastAsync(PrefixLength, call.RequestAborted)
            : ReadStreamsPrefixAsync(call));
        var isThere = read.Buffer.Length >= PrefixLength;
        var length = isThere ? LengthIn(read) : 0;
        reader.AdvanceTo(read.Buffer.Start);
        if (length > (uint)limit)
        {
            throw CallFailure.Of(
                StatusCode.ResourceExhausted, $"The message is too big: {limit} bytes are taken here.");
        }

        return isThere ? PrefixLength + (int)length : 0;
    }

    private async ValueTask<ReadResult> ReadStreamsPrefixAsync(HttpContext call)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.FirstMessageSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, call.RequestAborted);
        try
        {
            return await call.Request.BodyReader.ReadAtLeastAsync(PrefixLength, either.Token);
        }
        catch (OperationCanceledException) when (!call.RequestAborted.IsCancellationRequested)
        {
            throw CallFailure.Of(StatusCode.DeadlineExceeded, "The first message did not come in time.");
        }
    }

    private static uint LengthIn(ReadResult read)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        System.Buffers.BuffersExtensions.CopyTo(read.Buffer.Slice(0, PrefixLength), prefix);
        return BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
    }

    /// <summary>Answers with a status alone.</summary>
    private static void Refuse(HttpContext call, RpcException refused)
    {
        var headers = call.Response.Headers;
        call.Response.ContentType = "application/grpc";
        headers["grpc-status"] = ((int)refused.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["grpc-message"] = Uri.EscapeDataString(refused.Status.Detail);
    }
}
