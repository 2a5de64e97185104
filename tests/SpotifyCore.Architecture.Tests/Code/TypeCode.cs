namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>What one type, with all that is nested in it, is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsPublic">True when other projects may use it.</param>
/// <param name="IsData">True for a record, a struct or an enumeration: values, not parts that do something.</param>
internal sealed record TypeCode(TypeName Name, bool IsPublic, bool IsData)
{
    /// <summary>Every other type that it names, in signatures and in code.</summary>
    public HashSet<TypeName> Uses { get; } = [];

    /// <summary>Every other type that its base and its public members name: who uses it may meet those.</summary>
    public HashSet<TypeName> Shows { get; } = [];

    /// <summary>True when it holds constants, whose users name it in their source alone.</summary>
    public bool HasConstants { get; set; }

    /// <summary>Every method that its code names.</summary>
    public HashSet<MethodName> Calls { get; } = [];

    /// <summary>Its methods that only a call runs: none that overrides, implements, or is the compiler's.</summary>
    public List<MethodName> Methods { get; } = [];

    /// <summary>How it and what is nested in it are made.</summary>
    public List<ConstructorCode> Constructors { get; } = [];
}
