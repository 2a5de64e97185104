using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SpotifyCore.Contracts.Serving;

/// <summary>One implementation of a contract, which a <see cref="GrpcServer"/> serves to all its callers.</summary>
public sealed class ServedService
{
    private const DynamicallyAccessedMemberTypes Bound =
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
    public static ServedService Create<[DynamicallyAccessedMembers(Bound)] TService>(TService service, ICallGate gate)
        where TService : class => new(
            services => services.AddSingleton(service),
            static routes => routes.MapGrpcService<TService>(),
            gate);

    internal void Register(IServiceCollection services) => _register(services);

    internal void Map(IEndpointRouteBuilder routes) => _map(routes).WithMetadata(_gate);
}
