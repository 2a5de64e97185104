using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// The methods of an implementation, as the contract's generated code binds them. What can't be read as the message that a
/// method takes is the caller's mistake, and answered as such.
/// </summary>
/// <param name="bind">The contract's BindService, with the implementation.</param>
internal sealed class BoundMethods<[DynamicallyAccessedMembers(ServedService.Bound)] TService>(
    Action<ServiceBinderBase> bind) : IServiceMethodProvider<TService>
    where TService : class
{
    private static readonly HttpMethodMetadata Posted = new(["POST"]);

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context) => bind(new Binder(context));

    private static Method<TRequest, TResponse> Checked<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var (read, write) = (method.RequestMarshaller.ContextualDeserializer, method.RequestMarshaller.ContextualSerializer);
        return new Method<TRequest, TResponse>(
            method.Type, method.ServiceName, method.Name, new Marshaller<TRequest>(write, Read), method.ResponseMarshaller);

        TRequest Read(DeserializationContext message)
        {
            try
            {
                return read(message);
            }
            catch (InvalidProtocolBufferException)
            {
                throw CallFailure.Of(StatusCode.InvalidArgument, "That is no message of this method.");
            }
        }
    }

    private sealed class Binder(ServiceMethodProviderContext<TService> context) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            context.AddUnaryMethod(Checked(method), [Posted], (_, request, call) => handler!(request, call));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddClientStreamingMethod(Checked(method), [Posted], (_, requests, call) => handler!(requests, call));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddServerStreamingMethod(
                Checked(method), [Posted], (_, request, replies, call) => handler!(request, replies, call));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            context.AddDuplexStreamingMethod(
                Checked(method), [Posted], (_, requests, replies, call) => handler!(requests, replies, call));
    }
}
