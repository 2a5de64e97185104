using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>Reads what the types of one built assembly name. Constants leave no trace in an assembly.</summary>
internal sealed class AssemblyCode
{
    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly SignatureTypes _signatures;
    private readonly string _name;
    private readonly Dictionary<TypeName, TypeCode> _types = [];

    private AssemblyCode(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _signatures = new SignatureTypes(NameOf);
        _name = _metadata.GetString(_metadata.GetAssemblyDefinition().Name);
    }

    /// <summary>Every type of an assembly, without those that the compiler made for itself.</summary>
    public static IReadOnlyCollection<TypeCode> Read(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var code = new AssemblyCode(image);
        foreach (var type in code._metadata.TypeDefinitions)
            code.Add(code._metadata.GetTypeDefinition(type), type);

        return [.. code._types.Values.Where(static type => !type.Name.Name.StartsWith('<'))];
    }

    private void Add(TypeDefinition type, TypeDefinitionHandle handle)
    {
        var name = NameOf(handle);
        if (!_types.TryGetValue(name, out var code))
            _types[name] = code = new TypeCode(name, IsVisible(type), IsRecord(type) || IsValue(type));

        Show(code, type, type.BaseType);
        foreach (var one in type.GetInterfaceImplementations())
            Show(code, type, _metadata.GetInterfaceImplementation(one).Interface);
        foreach (var parameter in type.GetGenericParameters())
            AddConstraints(code, parameter);
        foreach (var attribute in type.GetCustomAttributes())
            AddNames(code, _metadata.GetCustomAttribute(attribute).Constructor);
        foreach (var field in type.GetFields())
            Add(code, type, field);
        foreach (var method in type.GetMethods())
            Add(code, type, FullName(handle), method);

        code.Uses.Remove(name);
    }

    private void Add(TypeCode code, TypeDefinition type, FieldDefinitionHandle field)
    {
        var attributes = _metadata.GetFieldDefinition(field).Attributes;
        code.HasConstants |= attributes.HasFlag(FieldAttributes.Literal) && !code.IsData;
        var access = attributes & FieldAttributes.FieldAccessMask;
        if (access is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)
            Show(code, type, field);
        else
            AddNames(code, field);
    }

    private void Add(TypeCode code, TypeDefinition type, string name, MethodDefinitionHandle handle)
    {
        var method = _metadata.GetMethodDefinition(handle);
        var access = method.Attributes & MethodAttributes.MemberAccessMask;
        if (access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
            Show(code, type, handle);

        AddNames(code, handle);
        foreach (var parameter in method.GetGenericParameters())
            AddConstraints(code, parameter);
        foreach (var attribute in method.GetCustomAttributes())
            AddNames(code, _metadata.GetCustomAttribute(attribute).Constructor);

        const MethodAttributes NotCalled = MethodAttributes.Virtual | MethodAttributes.SpecialName;
        var named = _metadata.GetString(method.Name);
        if ((method.Attributes & NotCalled) == default && !IsCompilers(method))
            code.Methods.Add(new MethodName(code.Name, named));

        if (named == ".ctor")
        {
            code.Constructors.Add(
                new ConstructorCode(name, IsRecord(type), method.DecodeSignature(_signatures, null).ParameterTypes));
        }

        if (method.RelativeVirtualAddress == 0)
            return;

        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            AddNames(code, body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
            AddNames(code, region.CatchType);
        foreach (var one in Instructions.Named(body.GetILBytes()!))
        {
            AddNames(code, one);
            if (CalledBy(one) is { } called)
                code.Calls.Add(called);
        }
    }

    /// <summary>True for what no source wrote: the parts of a record, the bodies of lambdas and local functions.</summary>
    private bool IsCompilers(MethodDefinition method) =>
        _metadata.GetString(method.Name).Contains('<', StringComparison.Ordinal)
        || method.GetCustomAttributes().Any(attribute =>
            NamesIn(_metadata.GetCustomAttribute(attribute).Constructor).Any(static name =>
                name.Name == nameof(CompilerGeneratedAttribute)));

    private MethodName? CalledBy(EntityHandle named) => named.Kind switch
    {
        HandleKind.MethodSpecification =>
            CalledBy(_metadata.GetMethodSpecification((MethodSpecificationHandle)named).Method),
        HandleKind.MethodDefinition when _metadata.GetMethodDefinition((MethodDefinitionHandle)named) is var method =>
            new MethodName(NameOf(method.GetDeclaringType()), _metadata.GetString(method.Name)),
        HandleKind.MemberReference when _metadata.GetMemberReference((MemberReferenceHandle)named) is var member
            && NamesIn(member.Parent).FirstOrDefault() is { Name: not null } type =>
            new MethodName(type, _metadata.GetString(member.Name)),
        _ => null,
    };

    private void AddConstraints(TypeCode code, GenericParameterHandle parameter)
    {
        foreach (var constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
            AddNames(code, _metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private static bool IsVisible(TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic;

    private bool IsRecord(TypeDefinition type) => type.GetMethods().Any(
        method => _metadata.GetString(_metadata.GetMethodDefinition(method).Name) == "PrintMembers");

    private bool IsValue(TypeDefinition type) => !type.BaseType.IsNil
        && NamesIn(type.BaseType).Any(static from => from is { Namespace: "System", Name: "ValueType" or "Enum" });

    /// <summary>Adds what a visible type shows, beside what it uses.</summary>
    private void Show(TypeCode code, TypeDefinition type, EntityHandle named)
    {
        AddNames(code, named);
        if (IsVisible(type))
            code.Shows.UnionWith(NamesIn(named));
    }

    // What the compiler made for itself (<PrivateImplementationDetails>) is nobody's folder.
    private void AddNames(TypeCode code, EntityHandle named) =>
        code.Uses.UnionWith(NamesIn(named).Where(static name => !name.Name.StartsWith('<')));

    private IEnumerable<TypeName> NamesIn(EntityHandle handle) => handle.IsNil ? [] : handle.Kind switch
    {
        HandleKind.TypeDefinition or HandleKind.TypeReference => [NameOf(handle)],
        HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle)
            .DecodeSignature(_signatures, null).Names(),
        HandleKind.FieldDefinition => Names(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle)),
        HandleKind.MethodDefinition => Names(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle)),
        HandleKind.MemberReference => Names(_metadata.GetMemberReference((MemberReferenceHandle)handle)),
        HandleKind.MethodSpecification => Names(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
        HandleKind.StandaloneSignature => Names(_metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle)),
        _ => [],
    };

    private IEnumerable<TypeName> Names(FieldDefinition field) =>
        field.DecodeSignature(_signatures, null).Names().Append(NameOf(field.GetDeclaringType()));

    private IEnumerable<TypeName> Names(MethodDefinition method) =>
        Names(method.DecodeSignature(_signatures, null)).Append(NameOf(method.GetDeclaringType()));

    private IEnumerable<TypeName> Names(MemberReference member)
    {
        var signature = member.GetKind() == MemberReferenceKind.Field
            ? member.DecodeFieldSignature(_signatures, null).Names()
            : Names(member.DecodeMethodSignature(_signatures, null));
        return signature.Concat(NamesIn(member.Parent));
    }

    private IEnumerable<TypeName> Names(MethodSpecification method) => NamesIn(method.Method)
        .Concat(method.DecodeSignature(_signatures, null).SelectMany(static argument => argument.Names()));

    private IEnumerable<TypeName> Names(StandaloneSignature signature) =>
        signature.GetKind() == StandaloneSignatureKind.LocalVariables
            ? signature.DecodeLocalSignature(_signatures, null).SelectMany(static local => local.Names())
            : Names(signature.DecodeMethodSignature(_signatures, null));

    private static IEnumerable<TypeName> Names(MethodSignature<SignatureType> method) =>
        method.ParameterTypes.Append(method.ReturnType).SelectMany(static type => type.Names());

    private string FullName(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{FullName(outer)}.{_metadata.GetString(type.Name)}"
            : NameOf(handle).ToString();
    }

    private TypeName NameOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition)
        {
            var type = _metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
            return type.GetDeclaringType() is { IsNil: false } outer
                ? NameOf(outer)
                : new TypeName(_name, _metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
        }

        var reference = _metadata.GetTypeReference((TypeReferenceHandle)handle);
        return reference.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => NameOf(reference.ResolutionScope),
            HandleKind.AssemblyReference => new TypeName(
                _metadata.GetString(_metadata.GetAssemblyReference(
                    (AssemblyReferenceHandle)reference.ResolutionScope).Name),
                _metadata.GetString(reference.Namespace),
                _metadata.GetString(reference.Name)),
            _ => new TypeName(
                _name, _metadata.GetString(reference.Namespace), _metadata.GetString(reference.Name)),
        };
    }
}
