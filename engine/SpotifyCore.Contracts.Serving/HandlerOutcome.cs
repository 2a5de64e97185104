using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// Turns what a handler throws into a status: its own where it chose one; UNAVAILABLE for a stream that the server's
/// stop ended, and where a database is away; else UNKNOWN, with nothing of the failure, which goes to the log.
/// </summary>
internal sealed class HandlerOutcome(ServerStop stop, ILogger<GrpcServer> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Explain(failure, context, isStream: false);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var messages = new CallerMessages<TRequest>(requestStream);
        try
        {
            return await continuation(messages, context);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Explain(failure, context, isStream: true, messages.HasBrokenOff);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Explain(failure, context, isStream: true);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var messages = new CallerMessages<TRequest>(requestStream);
        try
        {
            await continuation(messages, responseStream, context);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Explain(failure, context, isStream: true, messages.HasBrokenOff);
        }
    }

    // What a handler that was called off throws is not its failure, whatever it is.
    private RpcException Explain(
        Exception failure, ServerCallContext context, bool isStream, bool hasBrokenOff = false)
    {
        if (isStream && stop.IsAsked)
            return CallFailure.Of(StatusCode.Unavailable, "The server is stopping.");
        if (hasBrokenOff || context.CancellationToken.IsCancellationRequested)
            return CallFailure.Of(StatusCode.Cancelled, "The call was called off.");

        if (StoreOutage.Is(failure))
        {
            GrpcServerLog.DatabaseAway(logger, context.Method, failure.Message);
            return StoreOutage.Answer;
        }

        GrpcServerLog.HandlerFailed(logger, failure, context.Method);
        return CallFailure.Of(StatusCode.Unknown, "The method failed.");
    }
}
