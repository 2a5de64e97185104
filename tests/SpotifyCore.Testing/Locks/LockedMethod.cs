using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace SpotifyCore.Testing.Locks;

/// <summary>A method and where in it locks are held.</summary>
internal sealed class LockedMethod
{
    public LockedMethod(MethodBase method)
    {
        Method = method;
        Instructions = Instruction.Of(method);
        Regions = [.. LockedRegion.Of(method, Instructions)];
    }

    public MethodBase Method { get; }

    public IReadOnlyList<Instruction> Instructions { get; }

    public IReadOnlyList<LockedRegion> Regions { get; }

    /// <summary>As the source names it: <c>Type.Method</c>, of a lambda or an asynchronous method too.</summary>
    public string Name => $"{NameOf(Method.DeclaringType!)}.{SourceNameOf(Method)}";

    /// <summary>True while an object is made, of which nobody else knows yet.</summary>
    public bool IsConstructorOf(Type owner) => Method.DeclaringType == owner && (Method.IsConstructor || IsInit);

    private bool IsInit => Method is MethodInfo { ReturnParameter: var returned }
        && returned.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    /// <summary>True when the field is only named here for what reads or changes it at once.</summary>
    public bool IsAtomic(Instruction use) => IsGivenTo(use, typeof(Volatile)) || IsInterlocked(use);

    /// <summary>True when the field is only named here for what changes it at once.</summary>
    public bool IsInterlocked(Instruction use) => IsGivenTo(use, typeof(Interlocked));

    /// <summary>The name of a type, or of the one that the compiler made it for.</summary>
    public static string NameOf(Type type)
    {
        while (type.Name.Contains('<', StringComparison.Ordinal) && type.DeclaringType is { } outer)
            type = outer;

        return type.Name.Split('`')[0];
    }

    private bool IsGivenTo(Instruction use, Type type) => use.Code == OpCodes.Ldflda
        && Instructions.FirstOrDefault(one => one.Offset > use.Offset && one.IsCall)?.Method!.DeclaringType == type;

    private static string SourceNameOf(MethodBase method)
    {
        var name = method.Name.StartsWith('<') ? method.Name : method.DeclaringType!.Name;
        var end = name.IndexOf('>', StringComparison.Ordinal);
        return end > 1 ? name[1..end] : method.Name;
    }
}
