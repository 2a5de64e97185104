using System.Diagnostics.CodeAnalysis;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SpotifyCore.Contracts.Serving;

/// <summary>One implementation of a contract, which a <see cref="GrpcServer"/> serves to all its callers.</summary>
public sealed class ServedService
{
    /// <summary>What of an implementation is not trimmed away.</summary>
    public const DynamicallyAccessedMemberTypes Bound =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods
        | DynamicallyAccessedMemberTypes.NonPublicMethods;

    private readonly Action<IServiceCollection> _register;
    private readonly Func<IEndpointRouteBuilder, GrpcServiceEndpointConventionBuilder> _map;
    private readonly ICallGate _gate;

    private ServedService(
        Action<IServiceCollection> register,
        Func<IEndpointRouteBuilder, GrpcServiceEndpointConventionBuilder> map,
        ICallGate gate)
    {
        _register = register;
        _map = map;
        _gate = gate;
    }

    /// <summary>
    /// A service behind a gate. It derives from the contract's generated base, is free-threaded, and stays the
    /// caller's.
    /// </summary>
    /// <param name="service">The implementation.</param>
    /// <param name="bind">BindService of the contract, as it is generated.</param>
    /// <param name="gate">Who may call it.</param>
    /// <param name="maxMessageBytes">Most bytes of each message of its callers; 0 for the server's own limit.</param>
    public static ServedService Create<[DynamicallyAccessedMembers(Bound)] TService>(
        TService service, Action<ServiceBinderBase, TService> bind, ICallGate gate, int maxMessageBytes = 0)
        where TService : class => new(
            services =>
            {
                services.AddSingleton(service);

                // In place of what finds the methods by their names, and takes a message that can't be read for a
                // failure of theirs.
                services.RemoveAll(typeof(IServiceMethodProvider<>));
                services.AddSingleton<IServiceMethodProvider<TService>>(
                    new BoundMethods<TService>(binder => bind(binder, service)));
                if (maxMessageBytes > 0)
                    services.PostConfigure<GrpcServiceOptions<TService>>(
                        grpc => grpc.MaxReceiveMessageSize = maxMessageBytes);
            },
            static routes => routes.MapGrpcService<TService>(),
            gate);

    internal void Register(IServiceCollection services) => _register(services);

    internal void Map(IEndpointRouteBuilder routes) => _map(routes).WithMetadata(_gate);
}
