using System.Runtime.CompilerServices;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Tests;

/// <summary>Events and actions are small: one comes for each chunk, and a simulation hands over millions.</summary>
public sealed class EventAndActionSizeTests
{
    private const int MostBytes = 64;

    public static TheoryData<Type> Types =>
    [
        .. typeof(ClientCore).Assembly.GetTypes().Where(type => type.IsValueType
            && (type.IsAssignableTo(typeof(IClientEvent)) || type.IsAssignableTo(typeof(IClientAction)))),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Size_OfAnEventOrAction_IsAtMost64Bytes(Type type)
    {
        var size = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

        Assert.InRange(size, 1, MostBytes);
    }

    [Fact]
    public void Kinds_OfActions_AreEachOnesOwn()
    {
        Type[] types =
        [
            .. typeof(ClientCore).Assembly.GetTypes()
                .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IClientAction))),
        ];
        var actions = new ActionBuffer(4);
        foreach (var type in types.Concat(types.Reverse()))
            typeof(ActionBuffer).GetMethod(nameof(ActionBuffer.Add))!.MakeGenericMethod(type)
                .Invoke(actions, [Activator.CreateInstance(type)]);

        Assert.Equal(types.Concat(types.Reverse()), actions.ToArray().Select(action => action.GetType()));
        actions.Clear();
        Assert.Empty(actions.ToArray());
    }
}
