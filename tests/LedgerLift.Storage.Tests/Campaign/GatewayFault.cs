namespace LedgerLift.Storage.Tests;

/// <summary>What can happen to one request on its way.</summary>
internal enum GatewayFault
{
    None,

    /// <summary>The connection is reset somewhere within the request: the server saw a part of it, or nothing.</summary>
    ResetRequest,

    /// <summary>The server has answered, and the connection is reset before the client sees it.</summary>
    DropReply,

    /// <summary>Somebody in between answers 503 and asks to slow down.</summary>
    AnswerSlowDown,

    /// <summary>The request waits a moment.</summary>
    Delay,
}
