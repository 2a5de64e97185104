using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Tests.Composition;

/// <summary>No event comes for nothing.</summary>
public sealed class EventHandlersTests : IChunkVerifier
{
    public static TheoryData<Type> Events =>
    [
        .. typeof(IClientEvent).Assembly.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IClientEvent))),
    ];

    bool IChunkVerifier.Matches(int slot, Manifest manifest, uint index, int length) => true;

    [Theory]
    [MemberData(nameof(Events))]
    public void Handle_OfEachEvent_IsKnown(Type type)
    {
        var thrown = Record.Exception(() => typeof(ClientCore).GetMethod(nameof(ClientCore.Handle))!
            .MakeGenericMethod(type)
            .Invoke(NewCore(), [Activator.CreateInstance(type), default(Instant), new ActionBuffer(4)]));

        // What is empty may be refused for that.
        Assert.IsNotType<NotSupportedException>(thrown?.InnerException);
    }

    [Fact]
    public void Handle_OfAnEventOfSomebodyElse_IsRefused() => Assert.Throws<NotSupportedException>(
        () => NewCore().Handle(default(Unknown), default, new ActionBuffer(4)));

    private ClientCore NewCore() => new(new ClientCoreOptions(), this);

    private readonly record struct Unknown : IClientEvent;
}
