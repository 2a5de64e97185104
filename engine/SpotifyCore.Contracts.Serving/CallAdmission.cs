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
/// Stands before the handlers: asks the gate, holds the first message to the caller's limit before it is gathered, and
/// has streams end when the server stops.
/// </summary>
internal sealed class CallAdmission(RequestDelegate next, ServerStop stop)
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

        try
        {
            var limit = metadata.GetRequiredMetadata<ICallGate>().Admit(call, method.FullName);
            if (limit > 0)
                await HoldToAsync(call, limit);
        }
        catch (RpcException refused)
        {
            Refuse(call, refused);
            return;
        }

        if (method.Type == MethodType.Unary)
            await next(call);
        else
            await RunStreamAsync(call);
    }

    /// <summary>Looks at the first message's prefix, which stays to be read.</summary>
    private static async ValueTask HoldToAsync(HttpContext call, int limit)
    {
        var reader = call.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync(PrefixLength, call.RequestAborted);
        var length = read.Buffer.Length >= PrefixLength ? LengthIn(read) : 0;
        reader.AdvanceTo(read.Buffer.Start);
        if (length > (uint)limit)
        {
            throw CallFailure.Of(
                StatusCode.ResourceExhausted, $"The message is too big: {limit} bytes are taken here.");
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

    /// <summary>A stream may pause as long as it likes, and is called off when the server stops.</summary>
    private async Task RunStreamAsync(HttpContext call)
    {
        if (call.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.RequestAborted, stop.Token);
        call.RequestAborted = ending.Token;
        await next(call);
    }
}
